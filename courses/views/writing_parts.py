"""What the doors of the writing desk have in common: finding a step somebody may write, and a block as it is shown."""

import uuid
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accessibility.advice import ADVICE, REPAIRS
from accessibility.checks import BLOCK
from courses import block_forms, press, queries
from courses.actions import write
from courses.blocks import QUESTIONS
from courses.models import CoursePage, LessonPage
from courses.queries import writing as desk

Raw = dict[str, Any]

#: Kind -> (what the palette calls it, what it is for), in the order of the palette.
EXPLAIN: dict[str, tuple[str | Promise, str | Promise]] = {
    "text": (gettext_lazy("Text"), gettext_lazy("Absätze, Überschrift, Liste")),
    "image": (gettext_lazy("Bild"), gettext_lazy("Foto oder Zeichnung")),
    "video": (gettext_lazy("Video"), gettext_lazy("mit Untertiteln")),
    "audio": (gettext_lazy("Ton"), gettext_lazy("mit Abschrift")),
    "callout": (gettext_lazy("Merksatz"), gettext_lazy("Tipp, Achtung, Merken")),
    "table": (gettext_lazy("Tabelle"), gettext_lazy("Zeilen und Spalten")),
    "term": (gettext_lazy("Wort erklärt"), gettext_lazy("ein schweres Wort")),
    "walkthrough": (gettext_lazy("Anleitung"), gettext_lazy("Schritt für Schritt")),
    "accordion": (gettext_lazy("Aufklapp-Texte"), gettext_lazy("Fragen und Antworten")),
    "gallery": (gettext_lazy("Bilder"), gettext_lazy("mehrere nebeneinander")),
    "link_card": (gettext_lazy("Link"), gettext_lazy("zu einer anderen Website")),
    "download": (gettext_lazy("Datei"), gettext_lazy("zum Herunterladen")),
}
PRACTISE: dict[str, tuple[str | Promise, str | Promise]] = {
    "single_choice": (gettext_lazy("Frage"), gettext_lazy("eine Antwort ist richtig")),
    "multiple_choice": (gettext_lazy("Frage, mehrere richtig"), gettext_lazy("alle ankreuzen")),
    "gap_text": (gettext_lazy("Lücken-Text"), gettext_lazy("ein Wort fehlt")),
    "true_false": (gettext_lazy("Stimmt das?"), gettext_lazy("ja oder nein")),
    "ordering": (gettext_lazy("Reihenfolge"), gettext_lazy("in die richtige Folge")),
    "matching": (gettext_lazy("Zuordnen"), gettext_lazy("was gehört zusammen")),
    "tried": (gettext_lazy("Zum Abhaken"), gettext_lazy("Das habe ich ausprobiert")),
    "h5p": (gettext_lazy("Aktivität"), gettext_lazy("Karten, Abfolge, H5P")),
}
NAMES = {kind: says[0] for kind, says in (EXPLAIN | PRACTISE).items()}


class DeskBlock(NamedTuple):
    """One block on the sheet. `form` only of an open one."""

    id: str
    url: str
    kind: str
    name: str
    html: str
    missing: list[str]
    findings: list[dict[str, Any]]
    base: str
    number: int
    form: Any = None

    @property
    def asks(self) -> bool:
        """It can be tried as learners answer it."""
        return self.kind in QUESTIONS


def own_step(request: HttpRequest, lesson_page: int) -> LessonPage:
    """The newest draft of a step that somebody may write. Raises Http404."""
    page: LessonPage = stored_step(request, lesson_page).get_latest_revision_as_object()
    return page


def stored_step(request: HttpRequest, lesson_page: int) -> LessonPage:
    """The step itself: for acts, which read its newest draft when nobody else can write it. Raises Http404."""
    stored: LessonPage = get_object_or_404(desk.steps_at_desk(request.user), pk=lesson_page)
    if not stored.permissions_for_user(request.user).can_edit():
        raise Http404
    return stored


def home_of(page: write.Written) -> str:
    """The address of the sheet, or of the plan."""
    name = "desk:plan" if isinstance(page, CoursePage) else "writing:step"
    return reverse(name, args=[page.pk])


def lock_on(page: write.Written, request: HttpRequest) -> Any:
    """Why this person may not write now (Wagtail's lock); None: they may."""
    lock = page.get_lock()
    return lock if lock and lock.for_user(request.user) else None


def shown_blocks(page: LessonPage) -> list[DeskBlock]:
    """All blocks of a step, closed."""
    found, at = desk.findings_of(page), reverse("writing:step", args=[page.pk])
    blocks = (shown(page, child, n, found) for n, child in enumerate(page.body, 1))
    return [block._replace(url=f"{at}{block.id}/") for block in blocks]


def shown(page: LessonPage, child: Any, number: int, found: dict[str, Any]) -> DeskBlock:
    raw = child.get_prep_value()
    return DeskBlock(
        id=child.id,
        url="",
        kind=child.block_type,
        name=str(NAMES.get(child.block_type, child.block.label)),
        html=press.still_block(child, page.locale.language_code),
        missing=queries.lacks_of(child),
        findings=[with_repair(page, raw, one) for one in found.get(child.id, ())],
        base=write.fingerprint(raw),
        number=number,
    )


def one_block(page: LessonPage, block: str, *, opened: bool) -> DeskBlock:
    """A block by its id. Raises Http404."""
    for number, child in enumerate(page.body, 1):
        if child.id == block:
            made = shown(page, child, number, desk.findings_of(page))
            raw = child.get_prep_value()
            form = block_forms.form_of(raw["type"], raw["value"]) if opened else None
            url = reverse("writing:block", args=[page.pk, block])
            return made._replace(form=form, url=url)
    raise Http404


def in_words(finding: Any) -> dict[str, Any]:
    advice = ADVICE[finding.rule]
    return {
        "wrong": advice.wrong,
        "do": advice.do,
        "excerpt": finding.excerpt,
        "stops": finding.severity == BLOCK,
    }


def with_repair(page: LessonPage, raw: Raw, finding: Any) -> dict[str, Any]:
    """In words, with the button that mends it, where one can."""
    said, lang = (finding.rule, finding.excerpt), page.locale.language_code
    offered = finding.rule in REPAIRS and block_forms.can_repair(
        raw["type"], raw["value"], said, lang
    )
    button = REPAIRS[finding.rule] if offered else ""
    return {**in_words(finding), "rule": finding.rule, "repair": button}


def saved_at() -> str:
    """The sentence that is true when the transaction ends."""
    hour = date_format(timezone.localtime(), "H:i")
    return _("Gespeichert um %(time)s") % {"time": hour}


def wants_part(request: HttpRequest) -> bool:
    """The desk's script asks; without it a whole page is meant."""
    return request.headers.get("X-Desk") == "part"


def refused(says: str, status: int = 409, **more: Any) -> JsonResponse:
    return JsonResponse({"says": says, **more}, status=status)


def number_of(request: HttpRequest, act: str) -> uuid.UUID | None:
    """Of the form that was sent, for this act of it; None: it has none."""
    try:
        return uuid.uuid5(uuid.UUID(request.POST.get("form", "")), act)
    except ValueError:
        return None


def palette() -> list[dict[str, Any]]:
    groups = ((_("Erklären und zeigen"), EXPLAIN), (_("Üben und prüfen"), PRACTISE))
    return [
        {"name": name, "kinds": [{"kind": k, "name": n, "says": s} for k, (n, s) in kinds.items()]}
        for name, kinds in groups
    ]
