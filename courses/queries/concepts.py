"""Concepts for the office's desk, what people seek in vain, and all of it for the open data."""

from datetime import date
from typing import Any, NamedTuple

from django.db.models import Prefetch

from courses.models import Concept, ConceptLabel
from tenancy.rows import records

#: A wish is shown from so many searches in a month on.
SHOWN_FROM = 10

LISTED = """SELECT c.key, c.competence, c.df AS courses, coalesce(p.text, c.key) AS name,
    (SELECT count(*) FROM courses_conceptlabel l WHERE l.concept_id = c.id AND NOT l.removed) AS words
  FROM courses_concept c LEFT JOIN courses_conceptlabel p ON p.concept_id = c.id AND p.kind = 'pref' AND p.language = 'de' AND NOT p.removed
  WHERE c.merged_into_id IS NULL AND (%(q)s = '' OR c.key = %(q)s OR EXISTS (SELECT 1 FROM courses_conceptlabel l
    WHERE l.concept_id = c.id AND NOT l.removed AND strpos(lower(l.text), %(q)s) > 0))
  ORDER BY lower(coalesce(p.text, c.key)) COLLATE "C" """
#: Courses in which every word of a label stands: those it would find.
PREVIEW = """SELECT e.title, e.address FROM courses_searchentry s JOIN courses_catalogueentry e ON e.id = s.entry_id
  WHERE s.search @@ (SELECT string_agg('(' || (SELECT string_agg(quote_literal(stem), '|') FROM unnest(search_stems(w)) AS stem) || ')', '&')::tsquery
    FROM unnest(%(words)s::text[]) AS w) ORDER BY s.sort_key, e.id LIMIT 20"""
WISHES = """SELECT coalesce(p.text, w.word) AS name, coalesce(c.key, '') AS key, w.month, w.times
  FROM courses_searchwish w LEFT JOIN courses_concept c ON c.id = w.concept_id
    LEFT JOIN courses_conceptlabel p ON p.concept_id = c.id AND p.kind = 'pref' AND p.language = 'de' AND NOT p.removed
  WHERE w.times >= %(least)s ORDER BY w.month DESC, w.times DESC, name LIMIT 50"""


class ListedConcept(NamedTuple):
    key: str
    competence: str
    courses: int
    name: str
    words: int


class FoundCourse(NamedTuple):
    title: str
    address: str


class Wish(NamedTuple):
    name: str
    key: str  # of a concept; empty: a word that is in none
    month: date
    times: int


def concepts(q: str) -> list[ListedConcept]:
    """Those with a word that has `q` in it; all of them without."""
    return records(ListedConcept, LISTED, {"q": q.lower()})


def concept(key: str) -> Concept | None:
    found = Concept.objects.filter(key=key).select_related("broader", "merged_into")
    return found.first()


def labels_of(concept: Concept) -> dict[str, list[ConceptLabel]]:
    """By language, the name first."""
    found: dict[str, list[ConceptLabel]] = {}
    for label in concept.labels.filter(removed=False).order_by("language", "-kind", "text"):
        found.setdefault(label.language, []).append(label)
    for labels in found.values():
        labels.sort(key=lambda each: each.kind != ConceptLabel.Kind.PREF)
    return found


def courses_saying(words: list[str]) -> list[FoundCourse]:
    return records(FoundCourse, PREVIEW, {"words": words}) if words else []


def wishes() -> list[Wish]:
    """What was sought in vain, the newest month first. Through the office's lens."""
    return records(Wish, WISHES, {"least": SHOWN_FROM})


def told_concepts(*, after: str, limit: int, key: str = "") -> list[Concept]:
    """Those behind the key `after`, or the one with `key`, each with what it is called. Two statements."""
    labels = ConceptLabel.objects.filter(removed=False).order_by("language", "-kind", "text")
    found = Concept.objects.select_related("broader", "merged_into").order_by("key")
    found = found.filter(key=key) if key else found.filter(key__gt=after)
    return [*found.prefetch_related(Prefetch("labels", queryset=labels, to_attr="words"))[:limit]]


def exported() -> list[dict[str, Any]]:
    """Every concept with its words, for SKOS: "key", "competence", "broader", "replaced_by" (keys), "labels" (language, kind, text)."""
    known: dict[int, list[tuple[str, str, str]]] = {}
    for label in ConceptLabel.objects.filter(removed=False).order_by("language", "text"):
        known.setdefault(label.concept_id, []).append((label.language, label.kind, label.text))
    return [
        {
            "key": each.key,
            "competence": each.competence,
            "broader": each.broader.key if each.broader else "",
            "replaced_by": each.merged_into.key if each.merged_into else "",
            "labels": known.get(each.pk, []),
        }
        for each in Concept.objects.select_related("broader", "merged_into").order_by("key")
    ]
