"""A course's own page and its card in the catalogue, as facts in one language."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext, override

from accessibility.addresses import in_language, without_language
from courses.facts import CompetenceFacts, CourseFacts
from courses.licences import NAMES
from courses.press.access import CourseContent, access_of, look_at
from courses.press.credits import credit_line, of_others
from courses.press.files import card_context
from courses.press.lessons import RenderedLesson
from courses.press.rich_text import rich
from courses.press.terms import terms_of
from courses.press.variants import SIMPLE, KnownVariant, completeness, variant_name

#: The drawing of an area (symbols of `templates/components`).
ART = {"1": "art-info", "2": "art-com", "3": "art-create", "4": "art-safe", "5": "art-solve"}


class Cover(NamedTuple):
    slug: str
    title: str
    lang: str
    facts: CourseFacts  # what the templates courses/course.html and courses/card.html show
    html: str  # the course page's long part (courses/cover.html)


class Taught(NamedTuple):
    """The course's own competences, the most important one first, then what only its lessons name; and how far these lead."""

    competences: dict[str, Any]  # by code
    lessons: list[Any]  # a lesson's competence with its level


class Course(NamedTuple):
    """A course in one of its languages, looked at once for the covers in all languages of the interface."""

    source: Any  # its German page
    page: Any  # of this language, perhaps the German one
    seen: CourseContent
    taught: Taught
    picture: dict[str, Any]  # the author's own on the card; empty: it is drawn


def course_of(source: Any, variant: Any | None, taught: Taught | None = None) -> Course:
    page = variant or source
    return Course(source, page, look_at(page), taught or _taught(source), _picture(source, page))


def cover_of(
    course: Course,
    lessons: Sequence[RenderedLesson],
    *,
    language: str,
    variants: Sequence[KnownVariant],
) -> Cover:
    """`language` is the interface's: labels are in it, also where the course itself (`variants`) is not."""
    source, page = course.source, course.page
    lang = language if page is not source else "de"
    with override(language):
        access = access_of(course.seen)
        minutes = sum(lesson.minutes for lesson in lessons)
        facts: CourseFacts = {
            "title": page.title,
            "short_title": page.short_title or page.title,
            "summary": page.summary,
            "lead": page.lead,
            "goals": [goal.value for goal in page.goals],
            "audience": str(rich(page.audience)),
            "level": source.get_level_display(),
            "level_code": source.level,
            "minutes": minutes,
            "licence": source.get_licence_display(),
            "origin": _origin(source),
            "art": ART.get(getattr(source.main_competence, "area", ""), "art-info"),
            "competences": _competences(course.taught),
            "tags": _tags(source, minutes, len(lessons)),
            "access": access.rows,
            "credits": of_others(lessons, card=source.card_image, lang=lang),
            "picture": course.picture,
            "variants": [variant.facts for variant in variants],
            "attestation": source.rule.as_facts(),
            "terms": terms_of(source.rule, len(lessons)),
            "captioned": access.captioned,
            "features": access.features,
            "needs_phone": source.needs_phone,
            "lessons": [
                {
                    "number": lesson.position,
                    "slug": lesson.slug,
                    "title": lesson.title,
                    "minutes": lesson.minutes,
                    "open": lesson.open,
                    "lang": lesson.lang,
                    "items": len(lesson.items),
                }
                for lesson in lessons
            ],
        }
        foreign = {"lang": lang if lang != language else ""}
        facts["head"] = render_to_string("courses/course_head.html", {"course": facts | foreign})
        facts["gains"] = render_to_string("courses/gains.html", {"course": facts})
        html = _html(source, facts, lang=lang, language=language)
    return Cover(source.slug, page.title, lang, facts, html)


def _picture(source: Any, page: Any) -> dict[str, Any]:
    """The author's own on the card, with words in the language of the page; empty: the drawn one."""
    own = card_context(source.card_image) if source.card_image else {}
    return own | {"alt": page.card_image_alt} if own else {}


def _html(source: Any, facts: CourseFacts, *, lang: str, language: str) -> str:
    where = [source.provider.slug, source.slug]
    base, course = reverse("learning:start", args=where), reverse("courses:course", args=where)
    plain = without_language(course)
    shown = {
        **facts,
        "audience": SafeString(facts["audience"]),
        "lang": lang if lang != language else "",
        "lessons": [
            {
                **lesson,
                "url": f"{base}{lesson['slug']}/" if lesson["open"] else None,
                "lang": lesson["lang"] if lesson["lang"] != language else "",
            }
            for lesson in facts["lessons"]
        ],
        "credits": [
            credit_line(credit, own=_attribute(credit["lang"], language))
            for credit in facts["credits"]
        ],
        "languages": [
            {
                "name": variant_name(variant["code"], tested=bool(variant["tested"])),
                "part": completeness(variant["steps"], len(facts["lessons"])),
                "lang": variant["code"],
                "url": in_language(variant["code"], plain),
                "current": variant["code"] == lang,
                "simple": variant["code"] == SIMPLE,
            }
            for variant in facts["variants"]
        ],
    }
    return render_to_string("courses/cover.html", {"course": shown})


def _attribute(lang: str, language: str) -> str:
    return format_html(' lang="{}"', lang) if lang != language else ""


def card_html(cover: Cover, provider: Any, *, language: str, picture: str) -> str:
    """The card as it stands in the catalogue of one interface language. `picture`: see `courses.press.drawings`."""
    with override(language):
        facts = cover.facts
        card = {
            "title": facts["title"],
            "url": reverse("courses:course", args=[provider.slug, cover.slug]),
            "provider": provider.short_name,
            "brand": provider.brand,
            "picture": SafeString(picture),
            "own": facts.get("picture"),
            "sentence": facts["summary"],
            "facts": [
                gettext("Online"),
                facts["level"],
                gettext("%(minutes)s Min.") % {"minutes": facts["minutes"]},
                gettext("Kostenlos"),
            ],
            "tags": _card_tags(facts),
            "lang": cover.lang if cover.lang != language else "",
        }
        return render_to_string("courses/card.html", {"card": card})


def _tags(source: Any, minutes: int, lessons: int) -> list[str]:
    return [
        gettext("Online"),
        source.get_level_display(),
        gettext("%(minutes)s Minuten") % {"minutes": minutes},
        ngettext("%(count)s Schritt", "%(count)s Schritte", lessons) % {"count": lessons},
        gettext("Kostenlos"),
    ]


def _taught(source: Any) -> Taught:
    main = source.main_competence  # a draft may lack it
    chosen = {main.code: main} if main else {}
    chosen |= {competence.code: competence for competence in source.competences.all()}
    taught = [
        each
        for lesson in source.lessons().live().prefetch_related("competences__competence")
        for each in lesson.competences.all()
    ]
    chosen |= {
        each.competence_id: chosen.get(each.competence_id, each.competence) for each in taught
    }
    return Taught(chosen, taught)


def _competences(course: Taught) -> list[CompetenceFacts]:
    """In the active language."""
    return [
        {"code": code, "title": competence.name, "level": _highest(course.lessons, code)}
        for code, competence in course.competences.items()
    ]


def _highest(taught: Sequence[Any], code: str) -> str:
    """The highest level at which a lesson teaches it, in words; empty when none says so."""
    levels = type(taught[0])._meta.get_field("level").choices if taught else ()
    named = {each.level for each in taught if each.competence_id == code}
    return next((str(name) for level, name in reversed(levels) if level in named), "")


def _origin(source: Any) -> dict[str, Any]:
    """What the course was copied from, and that one in its turn, for its readers; empty for one's own.

    CC BY 4.0 § 3 (a) (1): anyone who passes a work on keeps the names that came with it.
    """
    names = ("title", "provider", "url")
    chain = [source.origin, *source.origin.get("before", [])] if source.origin else []
    texts = [
        {**{name: each[name] for name in names}, "licence": NAMES[each["licence"]]}
        for each in chain
    ]
    return texts[0] | {"before": texts[1:]} if texts else {}


def _card_tags(facts: CourseFacts) -> list[dict[str, str]]:
    tags = []
    tested = {variant["code"]: bool(variant["tested"]) for variant in facts["variants"]}
    if SIMPLE in tested:
        name = variant_name(SIMPLE, tested=tested[SIMPLE])
        tags.append({"icon": "easy-language", "text": name})
    if facts["captioned"]:
        tags.append({"icon": "visibility", "text": gettext("Untertitel")})
    if "en" in tested:
        tags.append({"icon": "language", "text": "English"})
    return tags
