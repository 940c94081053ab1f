"""Writing an activity: the editor of `h5p_lite`, at the desk and in its words."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from h5p.views.content import own
from h5p_lite.models import Content
from h5p_lite.views.editing import ContentEditor, EditorFields


class ActivityEditor(ContentEditor):
    template_name = "h5p/desk/edit.html"
    missing_template_name = "h5p/desk/missing.html"
    language = "de"
    names = EditorFields(
        part="teil", field="feld", check="pruefen", revision="stand", title="titel", over="ueber"
    )
    address_name = "activities:edit"
    media_address_name = "activities:media"
    look_address_name = "activities:preview"
    saved = _("Gespeichert.")
    saved_open = _("Gespeichert. Auf dieser Seite fehlt noch etwas.")
    copied = _(
        "Kopiert. Sie können es überall einfügen, wo es passt, auch in einer anderen Aktivität."
    )
    fits_not = _("Das lässt sich hier nicht mehr einfügen.")
    undone = _("Zurückgenommen. Es gilt wieder, was vorher da stand.")

    def find(self, request: HttpRequest, content: int) -> Content:
        """Of a provider one writes for."""
        return own(request, content)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, activity: int) -> HttpResponseBase:
    """`?teil=`: the place of some sub-content. `?pruefen=`: say what is missing."""
    return ActivityEditor.as_view()(request, content=activity)
