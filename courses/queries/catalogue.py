"""Every read of the catalogue: one statement each."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.utils.safestring import SafeString

from tenancy.rows import records, rows

PAGE = 20

#: Words the live catalogue does not know are replaced by their nearest neighbour (trigrams, index `word_trigrams`).
_MEANT = """
typed AS (SELECT w, n FROM unnest(regexp_split_to_array(lower(%(q)s), '\\s+')) WITH ORDINALITY AS t(w, n) WHERE w <> ''),
meant AS (SELECT string_agg(coalesce(
    (SELECT word FROM courses_searchterm WHERE word = w),
    (SELECT w WHERE EXISTS (SELECT 1 FROM courses_catalogueentry
       WHERE search @@ (websearch_to_tsquery('german', w) || websearch_to_tsquery('english', w)))),
    (SELECT word FROM courses_searchterm WHERE word %% w ORDER BY similarity(word, w) DESC, word LIMIT 1), w), ' ' ORDER BY n) AS q
  FROM typed),
asked AS (SELECT q, websearch_to_tsquery('german', q) || websearch_to_tsquery('english', q) AS query FROM meant),
"""
_TEXT_HITS = """headline FROM courses_catalogueentry WHERE search @@ (SELECT query FROM asked)"""
_ALL_HITS = "NULL FROM courses_catalogueentry"
_RANK = "ts_rank(headline, (SELECT query FROM asked))"

#: A facet counts what it would leave if only the OTHER facets were applied, so that options can be combined.
_FACETS = """
hits AS MATERIALIZED (SELECT id, sort_key, area, level, provider_slug, languages,
    cardinality(%(areas)s::text[]) = 0 OR area = ANY(%(areas)s::text[]) AS in_area,
    cardinality(%(levels)s::text[]) = 0 OR level = ANY(%(levels)s::text[]) AS in_level,
    cardinality(%(providers)s::text[]) = 0 OR provider_slug = ANY(%(providers)s::text[]) AS in_provider,
    cardinality(%(languages)s::text[]) = 0 OR languages::text[] && %(languages)s::text[] AS in_language, """
_PAGE = """),
top AS (SELECT id, {rank} AS rank, sort_key FROM hits WHERE in_area AND in_level AND in_provider AND in_language
  ORDER BY rank DESC, sort_key, id LIMIT %(limit)s OFFSET %(offset)s)
(SELECT 'card', html->>%(language)s, '', 0 FROM top JOIN courses_catalogueentry USING (id) ORDER BY rank DESC, top.sort_key, id)
UNION ALL SELECT 'total', '', '', count(*) FROM hits WHERE in_area AND in_level AND in_provider AND in_language
UNION ALL SELECT 'area', area, '', count(*) FROM hits WHERE in_level AND in_provider AND in_language GROUP BY area
UNION ALL SELECT 'level', level, '', count(*) FROM hits WHERE in_area AND in_provider AND in_language GROUP BY level
UNION ALL SELECT 'provider', p.slug, p.short_name, n FROM (SELECT provider_slug, count(*) AS n FROM hits
  WHERE in_area AND in_level AND in_language GROUP BY provider_slug) g JOIN providers_provider p ON p.slug = provider_slug
UNION ALL SELECT 'language', l, '', sum(n)::bigint FROM (SELECT languages, count(*) AS n FROM hits
  WHERE in_area AND in_level AND in_provider GROUP BY languages) g, unnest(languages) l GROUP BY l"""

SEARCH = f"WITH {_MEANT}{_FACETS}{_TEXT_HITS}{_PAGE.replace('{rank}', _RANK)} UNION ALL SELECT 'meant', q, '', 0 FROM asked"  # noqa: S608 -- constants of this module
LIST = f"WITH {_FACETS}{_ALL_HITS}{_PAGE.replace('{rank}', '0')}"
NEWEST = "SELECT html->>%s FROM courses_catalogueentry ORDER BY printed_at DESC, id LIMIT %s"
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
    """What a visitor asked the catalogue for; lists are alternatives."""

    q: str = ""
    areas: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    providers: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    page: int = 1


@dataclass(frozen=True, slots=True)
class FacetChoice:
    value: str
    name: str  # of a provider; the others are named by the page
    count: int


class Facets(NamedTuple):
    area: list[FacetChoice]
    level: list[FacetChoice]
    provider: list[FacetChoice]
    language: list[FacetChoice]


class CatalogueResult(NamedTuple):
    cards: list[SafeString]  # printed HTML, at most PAGE
    total: int
    facets: Facets
    meant: str  # the corrected words, empty when nothing was typed


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
    """One page of the catalogue. German and English stems, forgiving about typing errors."""
    params = {
        "q": wanted.q,
        "areas": list(wanted.areas),
        "levels": list(wanted.levels),
        "providers": list(wanted.providers),
        "languages": list(wanted.languages),
        "limit": PAGE,
        "offset": PAGE * (wanted.page - 1),
        "language": language,
    }
    cards: list[SafeString] = []
    facets = Facets([], [], [], [])
    total, meant = 0, ""
    for kind, text, name, count in rows(SEARCH if wanted.q.strip() else LIST, params):
        if kind == "card":
            cards.append(SafeString(text))
        elif kind == "total":
            total = count
        elif kind == "meant":
            meant = text or ""
        else:
            getattr(facets, kind).append(FacetChoice(text, name, count))
    return CatalogueResult(cards, total, facets, meant)


def newest(*, language: str, limit: int, provider: str = "") -> list[SafeString]:
    """Cards as HTML: the latest of all, or a provider's in alphabetical order."""
    if provider:
        return [SafeString(html) for (html,) in rows(BY_PROVIDER, [language, provider, limit])]
    return [SafeString(html) for (html,) in rows(NEWEST, [language, limit])]


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
