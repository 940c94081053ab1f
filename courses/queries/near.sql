-- How far it is to the nearest date of each course: from district to district, and only to what is not over.
nearby AS MATERIALIZED (SELECT e.id AS entry_id, min(d.km) AS km
  FROM unnest(%(districts)s::text[], %(kilometres)s::real[]) AS d(district, km)
    JOIN courses_runentry r ON r.marks @> ARRAY['district:' || d.district]::varchar[] AND r.ends_at > %(now)s
    JOIN courses_catalogueentry e ON e.course = r.course
  GROUP BY e.id),
