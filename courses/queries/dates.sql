WITH
-- 1. Which of the choices each run misses. Within one facet any of them will do; of what helps to get in, all are needed.
judged AS MATERIALIZED (
  SELECT run_id, provider_id, begins_at, price, marks, m, m[1] + m[2] + m[3] + m[4] + m[5] + m[6] + m[7] + m[8] + m[9] AS missed
  FROM courses_runentry e CROSS JOIN LATERAL (SELECT ARRAY[
      (%(mode)s <> '{{}}'::text[] AND NOT marks && %(mode)s::varchar[])::int, (%(day)s <> '{{}}'::text[] AND NOT marks && %(day)s::varchar[])::int,
      (%(time)s <> '{{}}'::text[] AND NOT marks && %(time)s::varchar[])::int, (%(district)s <> '{{}}'::text[] AND NOT marks && %(district)s::varchar[])::int,
      (%(cost)s <> '{{}}'::text[] AND NOT marks && %(cost)s::varchar[])::int, (NOT marks @> %(access)s::varchar[])::int,
      (%(kind)s <> '{{}}'::text[] AND NOT marks && %(kind)s::varchar[])::int, (%(language)s <> '{{}}'::text[] AND NOT marks && %(language)s::varchar[])::int,
      (%(provider)s <> '{{}}'::text[] AND NOT marks && %(provider)s::varchar[])::int] AS m) x
  WHERE ends_at > %(now)s AND (%(among)s::bigint[] IS NULL OR run_id = ANY (%(among)s::bigint[])) AND (%(from)s::date IS NULL OR (ends_at AT TIME ZONE 'Europe/Berlin')::date >= %(from)s::date)
    AND (%(until)s::date IS NULL OR (begins_at AT TIME ZONE 'Europe/Berlin')::date <= %(until)s::date)
    AND (%(words)s = '{{}}'::text[] OR course = ANY (%(courses)s::uuid[])
      OR NOT EXISTS (SELECT FROM unnest(%(words)s::text[]) AS w WHERE strpos(words, w) = 0))),
hits AS MATERIALIZED (SELECT * FROM judged WHERE missed = 0),
-- 2. The next meeting of each hit, and the runs of this page.
found AS MATERIALIZED (
  SELECT h.run_id, n.starts_at, n.ends_at, n.venue_id, n.meetings
  FROM hits h CROSS JOIN LATERAL (SELECT starts_at, ends_at, venue_id, count(*) OVER () AS meetings FROM courses_meeting
    WHERE run_id = h.run_id AND cancelled_at IS NULL AND ends_at > %(now)s ORDER BY starts_at LIMIT 1) n),
top AS MATERIALIZED (
  SELECT f.*, k.km FROM found f JOIN hits h USING (run_id) JOIN courses_run r ON r.id = f.run_id
  LEFT JOIN courses_venue v ON v.id = f.venue_id
  LEFT JOIN unnest(%(districts)s::text[], %(kilometres)s::real[]) AS k(district, km) ON k.district = v.district
  ORDER BY {order}, f.starts_at, f.run_id LIMIT %(limit)s OFFSET %(offset)s)
SELECT 'date' AS kind, jsonb_build_object('key', r.key, 'title', r.title, 'kind', r.kind, 'mode', r.mode, 'starts_at', t.starts_at,
    'ends_at', t.ends_at, 'meetings', t.meetings, 'km', t.km, 'price', r.price, 'reductions', r.reductions, 'seats_max', r.seats_max,
    'taken', r.taken, 'waiting', r.waiting, 'shop_url', r.shop_url, 'interpreter', r.interpreter, 'provider', p.short_name, 'brand', p.brand,
    'venue', v.name, 'district', v.district, 'steps', v.steps, 'lift', v.lift, 'hearing_loop', v.hearing_loop) AS says,
    row_number() OVER (ORDER BY {order}, t.starts_at, t.run_id) AS number
  FROM top t JOIN courses_run r ON r.id = t.run_id JOIN hits h ON h.run_id = t.run_id JOIN providers_provider p ON p.id = r.provider_id
  LEFT JOIN courses_venue v ON v.id = t.venue_id
  LEFT JOIN LATERAL (SELECT t.km) AS k(km) ON true
UNION ALL SELECT 'total', 'null', count(*) FROM found
-- 3. A facet counts what it would leave if only the others were applied; what helps to get in is counted among the hits.
UNION ALL SELECT 'facet', to_jsonb(mark), count(*) FROM judged, unnest(marks) AS mark
  WHERE missed - coalesce(m[array_position(ARRAY['mode', 'day', 'time', 'district', 'cost', '', 'kind', 'language', 'provider'],
    split_part(mark, ':', 1))], 0) = 0 GROUP BY mark
ORDER BY kind, number
