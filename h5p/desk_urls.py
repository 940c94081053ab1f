"""The authors' own pages about activities, beside those about courses."""

from django.urls import path

from h5p.views import content, desk, editing, media, preview

app_name = "activities"
urlpatterns = [
    path("", desk.activities, name="list"),
    path("neu/", desk.new, name="new"),
    path("hochladen/", desk.upload, name="upload"),
    path("hochgeladen/<int:upload>/", desk.uploaded, name="uploaded"),
    path("<int:activity>/", content.activity, name="activity"),
    path("<int:activity>/bearbeiten/", editing.edit, name="edit"),
    path("<int:activity>/dateien/", media.media, name="media"),
    path("<int:activity>/angaben/", content.about, name="about"),
    path("<int:activity>/vorschau/", preview.preview, name="preview"),
    path("<int:activity>/abspielen/", preview.player, name="player"),
    path("<int:activity>/umstellen/<int:library>/", preview.upgrade, name="upgrade"),
    path("<int:activity>/staende/", content.revisions, name="revisions"),
    path("<int:activity>/datei/", content.file, name="file"),
    path("<int:activity>/verdoppeln/", content.double, name="double"),
    path("<int:activity>/archiv/", content.archive, name="archive"),
]
