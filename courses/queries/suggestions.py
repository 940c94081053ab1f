"""What somebody may be about to ask for: one statement for what is typed so far."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.utils import timezone

from tenancy.rows import records
from words.search import heard, plain

#: At most so many of each kind.
CONCEPTS, COURSES, PROVIDERS, PLACES = 4, 4, 2, 2
SHORTEST = 2  # letters

#: Concepts by a word of theirs that begins so and that cards have; courses by words of their titles; providers, districts and
#: places by their names; of the latter those where something takes place.
SUGGEST = """WITH
begun AS MATERIALIZED (SELECT DISTINCT stem FROM (SELECT stem FROM courses_searchterm
    WHERE plain LIKE %(plain)s || '%%' AND label_worth IS NOT NULL ORDER BY length(word), word LIMIT 40) t),
meant AS MATERIALIZED (SELECT l.concept_id AS id, max(l.size * 10 + (l.kind = 'pref')::int) AS near
  FROM begun JOIN courses_labelstem w USING (stem) JOIN courses_conceptlabel l ON l.id = w.label_id
  WHERE l.kind <> 'hidden' AND l.size = %(size)s
    AND NOT EXISTS (SELECT 1 FROM unnest(%(before)s::text[]) AS b(word)
      WHERE NOT EXISTS (SELECT 1 FROM courses_labelstem o WHERE o.label_id = l.id AND o.stem = ANY (search_stems(b.word))))
  GROUP BY l.concept_id)
(SELECT 'concept' AS kind, (SELECT l.text FROM courses_conceptlabel l WHERE l.concept_id = c.id AND l.kind = 'pref' AND NOT l.removed
      AND l.language IN (%(language)s, 'de') ORDER BY l.language <> %(language)s LIMIT 1) AS text, '' AS address, c.df AS courses
  FROM meant JOIN courses_concept c USING (id) WHERE c.df > 0 ORDER BY near DESC, c.df DESC, c.key LIMIT %(concepts)s)
UNION ALL (SELECT 'course', e.title, e.address, 0 FROM courses_searchentry s JOIN courses_catalogueentry e ON e.id = s.entry_id
  WHERE s.search @@ (SELECT string_agg('(' || said || ')', '&')::tsquery FROM (
      SELECT (SELECT string_agg(quote_literal(stem) || ':A', '|') FROM unnest(search_stems(word)) AS stem)
        || CASE WHEN n = cardinality(%(words)s::text[]) THEN '|' || quote_literal(translate(word, 'äöü', 'aou')) || ':*A' ELSE '' END AS said
      FROM unnest(%(words)s::text[]) WITH ORDINALITY AS t(word, n)) q)
  ORDER BY s.sort_key, e.id LIMIT %(courses)s)
UNION ALL (SELECT 'provider', p.name, p.slug, 0 FROM providers_provider p
  WHERE EXISTS (SELECT 1 FROM courses_catalogueentry e WHERE e.provider_id = p.id)
    AND (starts_with(lower(p.name), %(typed)s) OR strpos(lower(p.name), ' ' || %(typed)s) > 0 OR starts_with(lower(p.short_name), %(typed)s))
  ORDER BY p.name LIMIT %(providers)s)
UNION ALL (SELECT 'district', district, '', 0 FROM (SELECT DISTINCT district FROM courses_venue v WHERE starts_with(lower(district), %(typed)s)
    AND EXISTS (SELECT 1 FROM courses_meeting m WHERE m.venue_id = v.id AND m.ends_at > %(now)s AND m.cancelled_at IS NULL)) d
  ORDER BY district LIMIT %(places)s)
UNION ALL (SELECT 'place', v.name, '', 0 FROM courses_venue v
  WHERE (starts_with(lower(v.name), %(typed)s) OR strpos(lower(v.name), ' ' || %(typed)s) > 0)
    AND EXISTS (SELECT 1 FROM courses_meeting m WHERE m.venue_id = v.id AND m.ends_at > %(now)s AND m.cancelled_at IS NULL)
  GROUP BY v.name ORDER BY v.name LIMIT %(places)s)"""


class Suggestion(NamedTuple):
    kind: str  # "concept", "course", "provider", "district" or "place"
    text: str
    address: str  # of a course, <provider>/<course>; a provider's slug
    courses: int  # that have the concept


def suggest(typed: str, *, language: str) -> list[Suggestion]:
    """Nothing for less than two letters."""
    words = [said.word for said in heard(typed)][:6]
    if not words or len(words[-1]) < SHORTEST:
        return []
    params: Mapping[str, Any] = {
        "typed": typed.lower(),
        "words": words,
        "before": words[:-1],
        "size": len(words),
        "plain": plain(words[-1]).replace("_", ""),
        "language": language,
        "concepts": CONCEPTS,
        "courses": COURSES,
        "providers": PROVIDERS,
        "places": PLACES,
        "now": timezone.now(),
    }
    return records(Suggestion, SUGGEST, params)
