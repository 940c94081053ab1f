"""Where activities are used: in what is printed, and in what is being written."""

from collections.abc import Iterable
from typing import NamedTuple

from tenancy.rows import records

#: Steps of a course whose newest draft, or whose published text, has the activity; and the German page of that course.
USED = """WITH lessons AS (
    SELECT p.path, (r.content->>'body')::jsonb AS body FROM providers_basepage p
      JOIN wagtailcore_revision r ON r.id = p.latest_revision_id AND r.content ? 'body'
      WHERE p.provider_id = ANY(%(providers)s::bigint[])
    UNION ALL
    SELECT p.path, l.body FROM courses_lessonpage l JOIN providers_basepage p ON p.id = l.basepage_ptr_id
      WHERE p.provider_id = ANY(%(providers)s::bigint[]) AND p.live
), used AS (
    SELECT DISTINCT (b->'value'->>'content')::bigint AS content, left(path, -4) AS course
    FROM lessons, jsonb_array_elements(CASE jsonb_typeof(body) WHEN 'array' THEN body END) b
    WHERE b->>'type' = 'h5p' AND b->'value'->>'content' = ANY(%(contents)s::text[])
)
SELECT DISTINCT u.content, g.id AS course, coalesce(nullif(g.draft_title, ''), g.title) AS title,
    EXISTS (SELECT 1 FROM courses_catalogueentry c WHERE c.course = g.translation_key) AS printed
  FROM used u JOIN providers_basepage p ON p.path = u.course
  JOIN providers_basepage g ON g.translation_key = p.translation_key
  JOIN wagtailcore_locale l ON l.id = g.locale_id AND l.language_code = 'de'
  ORDER BY 1, 3"""


class UsedIn(NamedTuple):
    """An activity in a course (its German page); `printed`: the course is in the catalogue."""

    content: int
    course: int
    title: str
    printed: bool


def courses_with(contents: Iterable[tuple[int, int]]) -> dict[int, list[UsedIn]]:
    """{activity: courses that have it}, of (activity, provider). One statement, however many."""
    asked = list(contents)
    uses: dict[int, list[UsedIn]] = {content: [] for content, _provider in asked}
    titles = {
        "contents": [str(content) for content, _provider in asked],
        "providers": sorted({provider for _content, provider in asked}),
    }
    for use in records(UsedIn, USED, titles) if asked else ():
        uses[use.content].append(use)
    return uses
