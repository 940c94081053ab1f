-- 6. A group misses the facets of which it has no chosen mark.
chosen AS MATERIALIZED (SELECT split_part(mark, ':', 1) AS facet, array_agg(mark)::varchar[] AS marks
  FROM unnest(%(chosen)s::text[]) AS mark GROUP BY 1),
wanted AS MATERIALIZED (SELECT g.id, g.marks, count(c.facet) AS missed, min(c.facet) AS facet
  FROM courses_facetgroup g LEFT JOIN chosen c ON NOT g.marks && c.marks GROUP BY g.id),
