"""Every read of the catalogue: one statement each."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.safestring import SafeString

from tenancy.rows import records, rows
from words.search import asked, cologne, plain

PAGE = 20

_HERE = Path(__file__).parent
_PAGE = (_HERE / "catalogue.sql").read_text(encoding="utf-8")
#: The weights are a literal: as a parameter they would be cast anew for each row and term.
_ONE = "coalesce(f{n} * ts_rank('{{0.1,0.3,0.6,1}}', rank, q{n}), 0)"
#: Most questions have two words or fewer: of the others not even the emptiness is looked at for each row.
_SCORE = "{} + {} + CASE WHEN q3 IS NULL THEN 0 ELSE {} + {} + {} + {} END".format(
    *(_ONE.format(n=n) for n in range(1, 7))
)
_GROUPS = (_HERE / "groups.sql").read_text(encoding="utf-8")
_SEARCH = (_HERE / "search.sql").read_text(encoding="utf-8")
_SEARCH = _SEARCH.replace("{score}", _SCORE).replace("{groups}\n", _GROUPS)
_NEAR = (_HERE / "near.sql").read_text(encoding="utf-8")
#: Everything, where nothing was asked.
_LIST = """WITH {groups}
hits AS NOT MATERIALIZED (SELECT entry_id, sort_key, group_id, 0::real AS score FROM courses_searchentry),
{page}""".replace("{groups}\n", _GROUPS)


def _statement(found: str, *, near: bool) -> str:
    """`near`: the courses with the nearest dates come first, those without any at the end."""
    says = {"near": _NEAR, "km": "nearby.km", "join": "LEFT JOIN nearby USING (entry_id)", "first": "km NULLS LAST, "}  # fmt: skip
    page = _PAGE
    for name, sql in says.items():
        page = page.replace(f"{{{name}}}", sql if near else "NULL::real" if name == "km" else "")
    return found.replace("{page}", page)


SEARCH, LIST = _statement(_SEARCH, near=False), _statement(_LIST, near=False)
SEARCH_NEAR, LIST_NEAR = _statement(_SEARCH, near=True), _statement(_LIST, near=True)
#: Those of some courses that a page of the catalogue would show.
_AMONG = _PAGE.partition("{near}top AS")[0] + (_HERE / "among.sql").read_text(encoding="utf-8")
SEARCH_AMONG = _SEARCH.partition("{page}")[0] + _AMONG
LIST_AMONG = _LIST.replace("{page}", _AMONG)
#: The courses that a question finds, without a page of them.
_FOUND = _SEARCH.partition("{page}")[0]
_KEYS = " SELECT c.course::text FROM hits JOIN courses_catalogueentry c ON c.id = hits.entry_id"
COURSES = _FOUND.rstrip().rstrip(",") + _KEYS
#: What the office recommends, then the newest.
NEWEST = """SELECT html->>%(language)s FROM (
    (SELECT e.html, 0 AS part, f.position::bigint AS n FROM courses_featuredcourse f JOIN courses_catalogueentry e ON e.course = f.course
      ORDER BY f.position LIMIT %(limit)s)
    UNION ALL
    (SELECT html, 1, row_number() OVER (ORDER BY printed_at DESC, id) FROM (SELECT html, printed_at, id FROM courses_catalogueentry e
      WHERE NOT EXISTS (SELECT 1 FROM courses_featuredcourse f WHERE f.course = e.course) ORDER BY printed_at DESC, id LIMIT %(limit)s) AS last)
  ) AS cards ORDER BY part, n LIMIT %(limit)s"""
#: After a course: of its topic first, then of its provider, then whatever is new.
NEXT = """WITH done AS (SELECT area, provider_slug FROM courses_catalogueentry WHERE course = %(course)s)
SELECT c.html->>%(language)s, CASE WHEN c.area = (SELECT area FROM done) THEN 'topic'
    WHEN c.provider_slug = (SELECT provider_slug FROM done) THEN 'provider' ELSE 'new' END AS why, c.area
  FROM courses_catalogueentry c WHERE c.course <> ALL(%(known)s::uuid[])
  ORDER BY array_position(ARRAY['topic', 'provider', 'new'], CASE WHEN c.area = (SELECT area FROM done) THEN 'topic'
    WHEN c.provider_slug = (SELECT provider_slug FROM done) THEN 'provider' ELSE 'new' END), c.printed_at DESC, c.id
  LIMIT 3"""
BY_PROVIDER = "SELECT html->>%s FROM courses_catalogueentry WHERE provider_slug = %s ORDER BY sort_key LIMIT %s"
AREAS = "SELECT area, count(*) FROM courses_catalogueentry GROUP BY area"
PROVIDERS = """SELECT p.slug, p.name, p.short_name, p.mark, p.brand, p.lead, count(c.id) AS count
  FROM providers_provider p LEFT JOIN courses_catalogueentry c ON c.provider_id = p.id WHERE p.kind <> 'city'
  GROUP BY p.id ORDER BY p.name"""


class Wanted(NamedTuple):
    """What a visitor asked the catalogue for."""

    q: str = ""
    exact: bool = False  # the words as they are written, without corrections
    marks: tuple[
        str, ...
    ] = ()  # of facets (`courses.press.marks`); those of one facet are alternatives
    near: Mapping[str, float] = {}  # kilometres to each district: sorted by them
    page: int = 1


class FacetChoice(NamedTuple):
    value: str
    name: str  # of a provider; the others are named by the page
    offers: int


class Correction(NamedTuple):
    typed: str
    meant: str


class FoundConcept(NamedTuple):
    """A concept that the question names."""

    key: str
    name: str
    offers: int  # 0: nobody teaches it, and what is nearest is shown


class CatalogueResult(NamedTuple):
    cards: list[SafeString]  # printed HTML, at most PAGE
    kilometres: list[float | None]  # of each card, where distance was asked for
    total: int
    facets: dict[str, list[FacetChoice]]  # by facet
    corrections: list[Correction]
    concepts: list[FoundConcept]
    widened: bool  # no offer has all that was asked for


@dataclass(frozen=True, slots=True)
class ProviderInCatalogue:
    slug: str
    name: str
    short_name: str
    mark: str
    brand: str
    lead: str
    count: int


def search(wanted: Wanted, *, language: str) -> CatalogueResult:
    """One page of the catalogue, its facets, and how the question was understood: one statement."""
    if wanted.near:
        statement = SEARCH_NEAR if wanted.q.strip() else LIST_NEAR
    else:
        statement = SEARCH if wanted.q.strip() else LIST
    return _result(rows(statement, params_of(wanted, language)))


def params_of(wanted: Wanted, language: str) -> dict[str, Any]:
    params: dict[str, Any] = {
        "chosen": list(wanted.marks),
        "limit": PAGE,
        "offset": PAGE * (wanted.page - 1),
        "language": language,
        "districts": [*wanted.near],
        "kilometres": [*wanted.near.values()],
        "now": timezone.now(),
    }
    return params | _words(wanted) if wanted.q.strip() else params


def _words(wanted: Wanted) -> dict[str, Any]:
    """The question as the statement reads it: one list for each side of its words."""
    question = asked(wanted.q)
    spans = question.spans
    letters = [plain(span.word) for span in spans]
    return {
        "exact": wanted.exact,
        "words": [span.word for span in spans],
        "first": [span.first for span in spans],
        "last": [span.last for span in spans],
        "part": [span.part for span in spans],
        "plain": letters,
        "sounds": [cologne(word) for word in letters],
        "phrases": question.phrases,
        "unwanted": question.unwanted,
    }


def _result(found: Iterable[tuple[str, str, str, int]]) -> CatalogueResult:
    """Rows of the statement: their kind, two texts, a number."""
    by_kind: dict[str, list[tuple[str, str, int]]] = defaultdict(list)
    for kind, text, more, number in found:
        by_kind[kind].append((text, more, number))
    facets: dict[str, list[FacetChoice]] = defaultdict(list)
    for mark, name, count in by_kind["facet"]:
        facet, _, value = mark.partition(":")
        facets[facet].append(FacetChoice(value, name, count))
    meant = sorted(by_kind["meant"], key=itemgetter(2))
    return CatalogueResult(
        cards=[SafeString(html) for html, _, _ in by_kind["card"]],
        kilometres=[float(km) if km else None for _, km, _ in by_kind["card"]],
        total=sum(count for _, _, count in by_kind["total"]),
        facets=facets,
        corrections=[Correction(typed, word) for typed, word, _ in meant],
        concepts=[FoundConcept(*row) for row in by_kind["concept"]],
        widened=bool(by_kind["widened"]),
    )


def courses_found(q: str, *, language: str) -> list[str]:
    """Keys of the courses that the catalogue finds for these words."""
    return [key for (key,) in rows(COURSES, params_of(Wanted(q=q), language))]


def courses_among(wanted: Wanted, courses: list[str], *, language: str) -> list[str]:
    """Keys of those of `courses` that the catalogue finds for `wanted`, whatever page they are on."""
    statement = SEARCH_AMONG if wanted.q.strip() else LIST_AMONG
    found = rows(statement, params_of(wanted, language) | {"among": courses})
    return [key for (key,) in found]


def newest(*, language: str, limit: int, provider: str = "") -> list[SafeString]:
    """Cards as HTML: what the office recommends and the latest of all, or a provider's in alphabetical order."""
    if provider:
        return [SafeString(html) for (html,) in rows(BY_PROVIDER, [language, provider, limit])]
    return [SafeString(html) for (html,) in rows(NEWEST, {"language": language, "limit": limit})]


def areas() -> dict[str, int]:
    """How many courses each of the five areas has: {"1": 3, …}."""
    return dict(rows(AREAS))


def courses_in(language: str) -> int:
    """How many courses of the catalogue can be read in it, wholly or in part."""
    [(count,)] = rows("SELECT count(*) FROM courses_catalogueentry WHERE languages @> ARRAY[%s]::varchar[]", [language])  # fmt: skip
    return int(count)


def providers() -> list[ProviderInCatalogue]:
    """All providers but the city, with the number of their courses."""
    return records(ProviderInCatalogue, PROVIDERS)


def next_courses(course: Any, *, begun: Iterable[Any], language: str) -> list[tuple[str, str, str]]:
    """Cards after `course` (its key) without those `begun`: (html, "topic", "provider" or "new", area), three at most."""
    params = {"course": course, "known": [str(key) for key in begun], "language": language}
    return [(html, why, area) for html, why, area in rows(NEXT, params)]
