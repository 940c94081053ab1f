"""The concepts people ask for and all their words: the shipped list, and what the office makes of it."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.db import connection, transaction

from courses.models import Competence, Concept, ConceptLabel, LabelStem, SearchStem, SearchTerm
from tenancy.rows import rows
from words.search import cologne, heard, meaningful, plain
from words.search.stops import ALL, WEAK

SHIPPED = Path(__file__).resolve().parent.parent / "concepts.json"
KINDS = {"prefLabel": "pref", "altLabel": "alt", "hiddenLabel": "hidden"}
#: What a word is worth as a correction: German above others, a word of a longer label nothing.
GERMAN_WORTH, FOREIGN_WORTH = 0.04, 0.02
LONGEST = 40

STEMS = "SELECT w, language, search_stem(w, language) FROM unnest(%s::text[], %s::text[]) AS t(w, language)"

PREPARED = """UPDATE courses_conceptlabel l SET stems = ARRAY(SELECT jsonb_array_elements_text(x.stems)), size = x.size
  FROM jsonb_to_recordset(%s::jsonb) AS x(id bigint, stems jsonb, size int) WHERE l.id = x.id"""


class WrongConcepts(ValueError):
    """The list cannot be loaded; the message says what is wrong. Nothing was changed."""


class LoadedConcepts(NamedTuple):
    concepts: int  # new ones
    labels: int


@transaction.atomic
def load_concepts(listed: Sequence[Mapping[str, Any]] | None = None) -> LoadedConcepts:
    """Add what is missing here of `listed` (by default, of the list that is shipped). What the office has taken away or merged stays so."""
    listed = listed or json.loads(SHIPPED.read_text(encoding="utf-8"))["concepts"]
    _check(listed)
    new = [Concept(key=each["id"], competence=each["competence"]) for each in listed]
    known = set(Concept.objects.values_list("key", flat=True))
    Concept.objects.bulk_create([each for each in new if each.key not in known])
    concepts = {each.key: each for each in Concept.objects.all()}
    _put_under_broader(listed, concepts, known)
    there = set(ConceptLabel.objects.values_list("concept__key", "language", "text"))
    labels = [
        ConceptLabel(concept=concepts[key], language=language, kind=kind, text=text)
        for key, language, kind, text in _labels(listed)
        if (key, language, text) not in there and not concepts[key].merged_into_id
    ]
    named = {
        (label.concept_id, label.language)
        for label in ConceptLabel.objects.filter(kind="pref", removed=False)
    }
    for label in labels:
        if label.kind == "pref" and (label.concept_id, label.language) in named:
            label.kind = "alt"  # the office has given it another name
    ConceptLabel.objects.bulk_create(labels)
    if labels or len(concepts) != len(known):
        prepare_labels()
    return LoadedConcepts(len(concepts) - len(known), len(labels))


def _check(listed: Sequence[Mapping[str, Any]]) -> None:
    codes = set(Competence.objects.values_list("code", flat=True))
    languages = {code for code, _name in settings.LANGUAGES} | {"tr", "ru", "uk", "ar", "ro", "fa"}
    keys = {each["id"] for each in listed} | set(Concept.objects.values_list("key", flat=True))
    for each in listed:
        if each["competence"] not in codes:
            raise WrongConcepts(f"{each['id']}: there is no competence {each['competence']}.")
        if each.get("broader") and each["broader"] not in keys:
            raise WrongConcepts(f"{each['id']}: there is no concept {each['broader']}.")
    for key, language, _kind, text in _labels(listed):
        if language not in languages:
            raise WrongConcepts(f"{key}: {language} is no language of the search.")
        if not heard(text):
            raise WrongConcepts(f"{key}: a label in {language} is empty.")


def _labels(listed: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str, str, str]]:
    """Key, language, kind, text: each text once for a concept and a language, names first."""
    seen = set()
    for each in listed:
        for name, kind in KINDS.items():
            for language, texts in each.get(name, {}).items():
                for text in [texts] if isinstance(texts, str) else texts:
                    if (each["id"], language, text) not in seen:
                        seen.add((each["id"], language, text))
                        yield each["id"], language, kind, text


def _put_under_broader(
    listed: Iterable[Mapping[str, Any]], concepts: Mapping[str, Concept], known: set[str]
) -> None:
    below = []
    for each in listed:
        if each.get("broader") and each["id"] not in known:
            concept = concepts[each["id"]]
            concept.broader = concepts[each["broader"]]
            below.append(concept)
    Concept.objects.bulk_update(below, ["broader"])


def prepare_labels() -> None:
    """Work out anew by which stems every label is found, and what a typing error may have meant.

    A longer label of which only a word is left that is a concept of its own is not looked for: "neues Handy" must not
    claim "Handy". Nor are two labels of a concept with the same stems.
    """
    labels = list(ConceptLabel.objects.filter(removed=False).order_by("pk"))
    said = {label.pk: _said(label.text) for label in labels}
    stems = _stems({(w, label.language) for label in labels for w in said[label.pk]})
    lone = {
        stems[said[label.pk][0], label.language]
        for label in labels
        if len(heard(label.text)) == 1 and said[label.pk]
    }
    taken: set[tuple[int, tuple[str, ...]]] = set()
    changed: list[ConceptLabel] = []
    for label in labels:
        found = tuple(dict.fromkeys(stems[w, label.language] for w in said[label.pk]))
        claims = len(found) == 1 and len(heard(label.text)) > 1 and found[0] in lone
        looked_for = bool(found) and not claims and (label.concept_id, found) not in taken
        taken.add((label.concept_id, found))
        prepared = list(found), len(found) if looked_for else 0
        if (label.stems, label.size) != prepared:
            label.stems, label.size = prepared
            changed.append(label)
    _keep_prepared(changed)
    _find_by_stems({(label.pk, s) for label in labels if label.size for s in label.stems})
    _know(labels, said, stems)


def _keep_prepared(labels: Iterable[ConceptLabel]) -> None:
    """One statement: a CASE for each of five thousand labels takes the database longer than everything else of a first start."""
    said = [{"id": label.pk, "stems": label.stems, "size": label.size} for label in labels]
    with connection.cursor() as cursor:
        cursor.execute(PREPARED, [json.dumps(said)])


def _find_by_stems(wanted: set[tuple[int, str]]) -> None:
    """Only what is another one is written: a change at the office touches a few of five thousand labels."""
    there = {(row.label_id, row.stem): row.pk for row in LabelStem.objects.all()}
    LabelStem.objects.filter(pk__in=[there[key] for key in there.keys() - wanted]).delete()
    new = sorted(wanted - there.keys())
    LabelStem.objects.bulk_create(LabelStem(label_id=label, stem=stem) for label, stem in new)


def _said(text: str) -> list[str]:
    """The words of a label that say something; where none does, all of them."""
    words = [said.word for said in meaningful(text, ALL)]
    return [w for w in words if w not in WEAK] or words


def _stems(pairs: set[tuple[str, str]]) -> dict[tuple[str, str], str]:
    words, languages = zip(*sorted(pairs), strict=True) if pairs else ((), ())
    found = rows(STEMS, [list(words), list(languages)])
    return {(word, language): stem for word, language, stem in found}


def _know(
    labels: Sequence[ConceptLabel],
    said: Mapping[int, Sequence[str]],
    stems: Mapping[tuple[str, str], str],
) -> None:
    """The vocabulary: every stem of a label, and every word of one that is shown to people."""
    terms: dict[str, tuple[float, str]] = {}
    for label in labels:
        words = said[label.pk] if label.size and label.kind != "hidden" else ()
        alone = GERMAN_WORTH if label.language.startswith("de") else FOREIGN_WORTH
        for word in words:
            if 2 < len(word) <= LONGEST:
                worth = alone if len(words) == 1 else 0.0
                before = terms.get(word, (-1.0, ""))
                terms[word] = max((worth, stems[word, label.language]), before)
    SearchStem.objects.bulk_create(
        [
            SearchStem(stem=s, part=len(s) > 2)
            for s in sorted({s for x in labels if x.size for s in x.stems})
        ],
        ignore_conflicts=True,
    )
    known = dict(
        SearchTerm.objects.filter(label_worth__isnull=False).values_list("word", "label_worth")
    )
    SearchTerm.objects.filter(word__in=known.keys() - terms.keys()).update(label_worth=None)
    SearchTerm.objects.bulk_create(
        [
            SearchTerm(
                word=w, plain=plain(w), sound=cologne(plain(w)), stem=stem, label_worth=worth
            )
            for w, (worth, stem) in sorted(terms.items())
            if known.get(w) != worth
        ],
        update_conflicts=True,
        unique_fields=["word"],
        update_fields=["label_worth"],
    )
    refresh_vocabulary()


#: How many cards have a stem or a concept; what to look for while none has it; what a word is worth as a correction.
REFRESH = (
    """CREATE TEMP TABLE counted ON COMMIT DROP AS
  SELECT word, ndoc FROM ts_stat('SELECT search FROM courses_searchentry')""",
    """INSERT INTO courses_searchstem (stem, df, part, label)
  SELECT word, ndoc, length(word) > 2, false FROM counted WHERE word !~ '^[§°]' ORDER BY word
  ON CONFLICT (stem) DO UPDATE SET df = excluded.df WHERE courses_searchstem.df <> excluded.df""",
    """UPDATE courses_searchstem SET df = 0 WHERE df > 0 AND stem NOT IN (SELECT word FROM counted)""",
    """UPDATE courses_concept c SET df = coalesce((SELECT ndoc FROM counted WHERE word = '§' || c.key), 0)""",
    """UPDATE courses_concept c SET ask = CASE WHEN c.df > 0 THEN ARRAY['§' || c.key]
    WHEN b.df > 0 THEN ARRAY['§' || b.key] ELSE ARRAY['°' || c.competence] END
  FROM courses_concept x LEFT JOIN courses_concept b ON b.id = x.broader_id WHERE x.id = c.id""",
    """UPDATE courses_searchstem s SET label = now.label FROM (SELECT s.id, EXISTS (SELECT 1 FROM courses_labelstem w
    JOIN courses_conceptlabel l ON l.id = w.label_id AND l.size = 1 AND l.language LIKE 'de%'
    JOIN courses_concept c ON c.id = l.concept_id AND c.df > 0 WHERE w.stem = s.stem) AS label FROM courses_searchstem s) now
  WHERE now.id = s.id AND s.label <> now.label""",
    """UPDATE courses_searchterm t SET df = s.df, worth = CASE WHEN s.df > 0 THEN 0.06 ELSE coalesce(t.label_worth, 0) END
  FROM courses_searchstem s WHERE s.stem = t.stem AND (t.df, t.worth) IS DISTINCT FROM
    (s.df, CASE WHEN s.df > 0 THEN 0.06 ELSE coalesce(t.label_worth, 0) END)""",
    """DELETE FROM courses_searchterm WHERE df = 0 AND label_worth IS NULL""",
    """DELETE FROM courses_searchstem s WHERE df = 0 AND NOT EXISTS (SELECT 1 FROM courses_labelstem w WHERE w.stem = s.stem)""",
    "DROP TABLE counted",
)


@transaction.atomic
def refresh_vocabulary() -> None:
    """Count anew; at night, and after a change of the concepts."""
    with connection.cursor() as cursor:
        for statement in REFRESH:
            cursor.execute(statement)
