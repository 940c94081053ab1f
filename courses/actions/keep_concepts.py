"""What the office does with concepts: new ones, words for them, words taken away, two made one. Keys never change."""

from typing import NamedTuple

from django.utils.text import slugify

from accounts.actions import record_event
from accounts.models import User
from courses.actions.concepts import prepare_labels
from courses.models import Concept, ConceptLabel, LabelStem
from tenancy.lens import CITY, as_system


class ChangedConcept(NamedTuple):
    concept: Concept
    lexemes: list[str]  # courses that have one of them are to be indexed anew


@as_system("the office adds a concept")
def add_concept(name: str, competence: str, *, by: User) -> ChangedConcept:
    """Its key is made of its German name; the name is its first word."""
    key = slugify(name.replace("ß", "ss"))[:50] or "begriff"
    taken = set(Concept.objects.filter(key__startswith=key).values_list("key", flat=True))
    free = next(
        k for n in range(1, len(taken) + 3) if (k := f"{key}-{n}" if n > 1 else key) not in taken
    )
    concept = Concept.objects.create(key=free, competence=competence, ask=[f"°{competence}"])
    record_event("concept.added", by=by, provider=CITY, thing=concept)
    return _with_label(concept, "de", ConceptLabel.Kind.PREF, name)


@as_system("the office adds a word to a concept")
def add_label(concept: Concept, language: str, kind: str, text: str, *, by: User) -> ChangedConcept:
    """What was taken away comes back. A new name makes the former one another word."""
    record_event("concept.labelled", by=by, provider=CITY, thing=concept, word=text)
    return _with_label(concept, language, kind, text)


def _with_label(concept: Concept, language: str, kind: str, text: str) -> ChangedConcept:
    if kind == ConceptLabel.Kind.PREF:
        former = concept.labels.filter(language=language, kind=kind, removed=False)
        former.exclude(text=text).update(kind=ConceptLabel.Kind.ALT)
    ConceptLabel.objects.update_or_create(
        concept=concept, language=language, text=text, defaults={"kind": kind, "removed": False}
    )
    prepare_labels()
    return ChangedConcept(concept, _stems(concept, language, text))


@as_system("the office takes a word away from a concept")
def remove_label(concept: Concept, label: int, *, by: User) -> ChangedConcept:
    """The row stays, so that the shipped list does not bring it back. A concept keeps its German name."""
    found = concept.labels.filter(pk=label, removed=False).first()
    if not found or (found.kind == ConceptLabel.Kind.PREF and found.language == "de"):
        return ChangedConcept(concept, [])
    found.removed = True
    found.save(update_fields=["removed"])
    prepare_labels()
    record_event("concept.unlabelled", by=by, provider=CITY, thing=concept, word=found.text)
    return ChangedConcept(concept, [f"§{concept.key}"])


@as_system("the office makes two concepts one")
def merge_concepts(concept: Concept, into: Concept, *, by: User) -> ChangedConcept:
    """All words of `concept` become words of `into`; what was narrower than it is narrower than that. Its key points there for ever."""
    there = set(into.labels.values_list("language", "text"))
    for label in concept.labels.all():
        if (label.language, label.text) in there:
            label.removed = True
        else:
            label.concept = into
            label.kind = "alt" if label.kind == ConceptLabel.Kind.PREF else label.kind
        label.save(update_fields=["concept", "kind", "removed"])
    concept.narrower.exclude(pk=into.pk).update(broader=into)
    if into.broader_id == concept.pk:
        into.broader = concept.broader
        into.save(update_fields=["broader"])
    concept.merged.update(merged_into=into)
    concept.merged_into, concept.broader = into, None
    concept.save(update_fields=["merged_into", "broader"])
    prepare_labels()
    record_event("concept.merged", by=by, provider=CITY, thing=concept, into=into.key)
    return ChangedConcept(into, [f"§{concept.key}", f"§{into.key}"])


def _stems(concept: Concept, language: str, text: str) -> list[str]:
    """German words tag the courses that say them."""
    label = concept.labels.get(language=language, text=text)
    found = LabelStem.objects.filter(label=label).values_list("stem", flat=True)
    return list(found)[:1] if language.startswith("de") else []
