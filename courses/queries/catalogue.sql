-- 8. The cards of this page.
{near}top AS MATERIALIZED (SELECT entry_id, score, sort_key, {km} AS km FROM hits {join}
  WHERE score IS NOT NULL AND (NOT EXISTS (SELECT 1 FROM chosen) OR group_id IN (SELECT id FROM wanted WHERE missed = 0))
  ORDER BY {first}score DESC, sort_key, entry_id LIMIT %(limit)s OFFSET %(offset)s),
-- 9. The hits counted once, by group. A facet counts what it would leave if only the others were applied.
many AS MATERIALIZED (SELECT w.marks, w.missed, w.facet, g.n FROM (SELECT group_id, count(*) AS n FROM hits GROUP BY group_id) g
  JOIN wanted w ON w.id = g.group_id)
(SELECT 'card', e.html->>%(language)s, coalesce(top.km::text, ''), 0::bigint FROM top JOIN courses_catalogueentry e ON e.id = top.entry_id
  ORDER BY {first}top.score DESC, top.sort_key, top.entry_id)
UNION ALL SELECT 'total', '', '', coalesce(sum(n), 0)::bigint FROM many WHERE missed = 0
UNION ALL SELECT 'facet', f.mark, coalesce(p.short_name, ''), f.n FROM (SELECT mark, sum(n)::bigint AS n FROM many, unnest(marks) AS mark
    WHERE missed = 0 OR missed = 1 AND facet = split_part(mark, ':', 1) GROUP BY mark) f
  LEFT JOIN providers_provider p ON f.mark LIKE 'provider:%%' AND p.slug = substr(f.mark, 10)
