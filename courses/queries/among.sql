found AS MATERIALIZED (SELECT c.course FROM hits JOIN courses_catalogueentry c ON c.id = hits.entry_id
  WHERE c.course = ANY (%(among)s::uuid[]) AND hits.group_id IN (SELECT id FROM wanted WHERE missed = 0))
SELECT course::text FROM found
