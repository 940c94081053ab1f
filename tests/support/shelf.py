"""Bare entries in the catalogue: no pages, no printed lessons."""

import uuid

from courses.actions.search_entries import PrintedText, index_entry, speak
from courses.models import CatalogueEntry, Edition
from tenancy.lens import look, system


def shelve(provider, title, *, area="4", level="einstieg", languages=("de",)):
    with look(system("test")):
        course = uuid.uuid4()
        edition = Edition.objects.create(
            provider=provider, course=course, number=1, items=[], total=1, checksum=""
        )
        entry = CatalogueEntry.objects.create(
            course=course,
            edition=edition,
            provider=provider,
            address=f"{provider.slug}/{course}",
            title=title,
            sort_key=title.lower(),
            area=area,
            level=level,
            provider_slug=provider.slug,
            languages=list(languages),
            minutes=10,
            html={language: f"<li>{title} ({language})</li>" for language in ("de", "en")},
        )
        facts = {
            **dict.fromkeys(("short_title", "summary", "lead"), ""),
            "title": title,
            **{name: [] for name in ("goals", "lessons", "variants")},
            "competences": [{"code": f"{area}.1", "title": "", "level": ""}],
            "level_code": level,
            "minutes": 10,
        }
        texts = [PrintedText(each, facts, []) for each in languages]
        index_entry(entry, speak(provider, texts))
        return entry
