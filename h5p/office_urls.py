"""Content types, as the city office looks after them."""

from django.urls import path

from h5p.views import office, upgrades

app_name = "h5p_office"
urlpatterns = [
    path("", office.libraries, name="list"),
    path("hochgeladen/<int:upload>/", office.upload, name="upload"),
    path("wuensche/<int:library_request>/ablehnen/", office.decline, name="decline"),
    path("<int:library>/", office.library, name="library"),
    path("<int:library>/zuruecknehmen/", office.roll_back, name="roll_back"),
    path("<int:library>/umstellen/", upgrades.begin, name="begin_upgrade"),
    path("umstellungen/<int:run>/", upgrades.run, name="upgrade"),
    path("<int:library>/pruefen/", office.test_again, name="test"),
]
