"""A printed course's words for the search, in the transaction that puts it into the catalogue."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import QuerySet

from courses.facts import CourseFacts
from courses.models import CatalogueEntry, FacetGroup, PrintedLesson, SearchEntry, SearchTerm
from courses.press.marks import marks_of
from courses.press.vectors import FieldText, Vectors, vectors
from courses.press.words import words_of
from providers.models import Provider
from tenancy.lens import as_system
from tenancy.rows import rows
from words.search import GERMAN, cologne, plain

WORTH = 0.06  # of a word in a card, as a correction
LONGEST = 40  # letters: a longer word is no correction of anything

STEMS = "SELECT w, search_stem(w, %s) FROM unnest(%s::text[]) AS w"
#: Compounds of two words that are known, both of four letters or more. The stemmer takes the linking letters off.
SPLITS = """WITH piece AS MATERIALIZED (SELECT w, i, (ts_lexize('stem_german', left(w, i)))[1] AS head,
      (ts_lexize('stem_german', substr(w, i + 1)))[1] AS tail
    FROM unnest(%(words)s::text[]) AS w, generate_series(4, length(w) - 4) AS i
    WHERE left(w, i) <> ALL(%(stops)s::text[]) AND substr(w, i + 1) <> ALL(%(stops)s::text[])),
  known AS MATERIALIZED (SELECT unnest(%(own)s::text[]) AS stem UNION SELECT s.stem FROM courses_searchstem s
    WHERE s.part AND s.stem IN (SELECT head FROM piece UNION SELECT tail FROM piece))
  SELECT DISTINCT ON (w) w, head, tail FROM piece
  WHERE head IN (SELECT stem FROM known) AND tail IN (SELECT stem FROM known) ORDER BY w, i"""
#: German labels of which every stem is in the card.
LABELS = """SELECT c.key, l.stems FROM courses_labelstem w JOIN courses_conceptlabel l ON l.id = w.label_id
    JOIN courses_concept c ON c.id = l.concept_id
  WHERE w.stem = ANY(%s::text[]) AND l.language LIKE 'de%%' AND l.kind <> 'hidden' AND NOT l.removed
  GROUP BY c.key, l.id HAVING count(*) = l.size"""


class PrintedText(NamedTuple):
    """A course in one of its languages, as it is printed: its facts, and the lessons written in that language."""

    language: str
    facts: CourseFacts
    lessons: Sequence[tuple[str, str]]  # title, HTML


class Spoken(NamedTuple):
    """What the search knows of a course."""

    vectors: Vectors
    marks: list[str]
    terms: dict[str, str]  # German word -> stem


def speak(provider: Provider, texts: Sequence[PrintedText]) -> Spoken:
    """`texts`: German first."""
    fields = [field for text in texts for field in _fields(text)]
    fields.append(FieldText.of("C", "de", f"{provider.name} . {provider.short_name}"))
    stems = _stems(fields)
    german = {w for f in fields if f.language == "de" for s in f.said for w in (s.word, *s.parts)}
    found = vectors(
        fields,
        competences=[competence["code"] for competence in texts[0].facts["competences"]],
        stems=stems,
        splits=_splits(german, stems),
        labels=_labels({stem for (_word, language), stem in stems.items() if language == "de"}),
    )
    languages = [text.language for text in texts]
    marks = marks_of(texts[0].facts, provider=provider.slug, languages=languages)
    return Spoken(found, marks, {w: stems[w, "de"] for w in german if (w, "de") in stems})


def index_entry(entry: CatalogueEntry, spoken: Spoken) -> None:
    SearchEntry.objects.update_or_create(
        entry=entry,
        defaults={
            "provider": entry.provider,
            "group": group_of(spoken.marks),
            "sort_key": entry.sort_key,
            "search": spoken.vectors.search,
            "rank": spoken.vectors.rank,
        },
    )
    know_terms(spoken.terms)


def index_printed(entry: CatalogueEntry) -> None:
    """From what is printed: for an entry that an older press has made."""
    edition = entry.edition
    lessons: dict[str, list[PrintedLesson]] = defaultdict(list)
    for lesson in edition.printed_lessons.filter(printing=edition.printing).order_by("position"):
        lessons[lesson.language].append(lesson)
    texts = [
        PrintedText(language, lessons[language][0].facts, _own(lessons[language][1:], language))
        for language in entry.languages
        if lessons[language]
    ]
    if texts:
        index_entry(entry, speak(entry.provider, texts))


def _own(lessons: Iterable[PrintedLesson], language: str) -> list[tuple[str, str]]:
    return [(each.title, each.html) for each in lessons if each.lang == language]


def know_terms(words: dict[str, str]) -> None:
    """Words of a card (word -> stem), for typing errors."""
    terms = [
        SearchTerm(word=w, plain=plain(w), sound=cologne(plain(w)), stem=stem, df=1, worth=WORTH)
        for w, stem in sorted(words.items())
        if 2 < len(w) <= LONGEST
    ]
    SearchTerm.objects.bulk_create(terms, ignore_conflicts=True)


def _fields(text: PrintedText) -> list[FieldText]:
    facts, lessons = text.facts, [(title, words_of(html)) for title, html in text.lessons]
    goals = " . ".join([facts["summary"], facts["lead"], *facts["goals"]])
    parts = [
        ("A", f"{facts['title']} . {facts['short_title']}"),
        ("B", goals),
        ("C", " . ".join(f"{title} . {words.titles}" for title, words in lessons)),
        ("D", " . ".join(words.body for _title, words in lessons)),
    ]
    return [FieldText.of(weight, text.language, words) for weight, words in parts]


def _stems(fields: Sequence[FieldText]) -> dict[tuple[str, str], str]:
    stems: dict[tuple[str, str], str] = {}
    for language in {field.language for field in fields}:
        words = {w for f in fields if f.language == language for w in f.words()}
        stems |= {(w, language): stem for w, stem in rows(STEMS, [language, sorted(words)])}
    return stems


def _splits(words: set[str], stems: dict[tuple[str, str], str]) -> dict[str, tuple[str, str]]:
    long = sorted(w for w in words if len(w) > 7 and w.isalpha())
    own = sorted({stems[w, "de"] for w in words if len(w) > 3 and (w, "de") in stems})
    params = {"words": long, "own": own, "stops": sorted(GERMAN)}
    return {word: (head, tail) for word, head, tail in rows(SPLITS, params)}


def _labels(stems: set[str]) -> dict[tuple[str, ...], list[str]]:
    labels: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for key, said in rows(LABELS, [sorted(stems)]):
        labels[tuple(said)].append(key)
    return labels


def group_of(marks: Sequence[str]) -> FacetGroup:
    """Several printers may want the same one at the same time."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO courses_facetgroup (marks) VALUES (%s::varchar[]) ON CONFLICT (marks) DO NOTHING",
            [list(marks)],
        )
    return FacetGroup.objects.get(marks=list(marks))


@as_system("index what an older press has printed")
def index_missing() -> int:
    """Entries of the catalogue that the search does not know yet, as after an update; how many there were."""
    return _index_again(CatalogueEntry.objects.filter(search_entry=None))


@as_system("index courses whose concepts have changed")
def index_anew(lexemes: Sequence[str]) -> int:
    """Every entry that has one of these stems or concepts ("§…")."""
    query = " | ".join(f"'{lexeme}'" for lexeme in sorted(set(lexemes)))
    found = (
        rows("SELECT entry_id FROM courses_searchentry WHERE search @@ %s::tsquery", [query])
        if lexemes
        else []
    )
    return _index_again(CatalogueEntry.objects.filter(pk__in=[pk for (pk,) in found]))


def _index_again(entries: QuerySet[CatalogueEntry]) -> int:
    """One after the other, each locked, so that a printing meanwhile comes before or after."""
    done = 0
    for pk in list(entries.values_list("pk", flat=True)):
        with transaction.atomic():
            locked = CatalogueEntry.objects.select_for_update(of=("self",)).filter(pk=pk)
            for entry in locked.select_related("edition", "provider"):
                index_printed(entry)
                done += 1
    return done
