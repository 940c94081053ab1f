WITH
-- 1. What is still ahead, and its next meeting: the first that has not ended.
ahead AS MATERIALIZED (
  SELECT run_id, price, marks, starts[i] AS starts_at, ends[i] AS ends_at, venues[i] AS venue_id, cardinality(ends) - i + 1 AS meetings
  FROM courses_runentry e CROSS JOIN LATERAL (SELECT width_bucket(%(now)s::timestamptz, ends) + 1 AS i) n
  WHERE e.ends_at > %(now)s AND (%(among)s::bigint[] IS NULL OR run_id = ANY (%(among)s::bigint[]))
    AND (%(from)s::date IS NULL OR (e.ends_at AT TIME ZONE 'Europe/Berlin')::date >= %(from)s::date)
    AND (%(until)s::date IS NULL OR (begins_at AT TIME ZONE 'Europe/Berlin')::date <= %(until)s::date)
    AND (%(words)s = '{{}}'::text[] OR course = ANY (%(courses)s::uuid[])
      OR NOT EXISTS (SELECT FROM unnest(%(words)s::text[]) AS w WHERE strpos(words, w) = 0))),
-- 2. Runs with the same marks are judged and counted as one. Which of the choices they miss: within one facet any of them will do; of what
--    helps to get in, all are needed.
alike AS MATERIALIZED (
  SELECT marks, n, m, m[1] + m[2] + m[3] + m[4] + m[5] + m[6] + m[7] + m[8] + m[9] AS missed
  FROM (SELECT marks, count(*) AS n FROM ahead GROUP BY marks) g CROSS JOIN LATERAL (SELECT ARRAY[
      (%(mode)s <> '{{}}'::text[] AND NOT marks && %(mode)s::varchar[])::int, (%(day)s <> '{{}}'::text[] AND NOT marks && %(day)s::varchar[])::int,
      (%(time)s <> '{{}}'::text[] AND NOT marks && %(time)s::varchar[])::int, (%(district)s <> '{{}}'::text[] AND NOT marks && %(district)s::varchar[])::int,
      (%(cost)s <> '{{}}'::text[] AND NOT marks && %(cost)s::varchar[])::int, (NOT marks @> %(access)s::varchar[])::int,
      (%(kind)s <> '{{}}'::text[] AND NOT marks && %(kind)s::varchar[])::int, (%(language)s <> '{{}}'::text[] AND NOT marks && %(language)s::varchar[])::int,
      (%(provider)s <> '{{}}'::text[] AND NOT marks && %(provider)s::varchar[])::int] AS m) x),
-- 3. The runs of this page.
top AS MATERIALIZED (
  SELECT h.run_id, h.price, h.starts_at, h.ends_at, h.venue_id, h.meetings, h.km
  FROM (SELECT j.*, k.km FROM ahead j JOIN alike USING (marks) LEFT JOIN courses_venue v ON v.id = j.venue_id
    LEFT JOIN unnest(%(districts)s::text[], %(kilometres)s::real[]) AS k(district, km) ON k.district = v.district WHERE alike.missed = 0) h {seats}
  ORDER BY {order}, h.starts_at, h.run_id LIMIT %(limit)s OFFSET %(offset)s)
SELECT 'date' AS kind, jsonb_build_object('key', r.key, 'title', r.title, 'kind', r.kind, 'mode', r.mode, 'starts_at', h.starts_at,
    'ends_at', h.ends_at, 'meetings', h.meetings, 'km', h.km, 'price', r.price, 'reductions', r.reductions, 'seats_max', r.seats_max,
    'taken', r.taken, 'waiting', r.waiting, 'shop_url', r.shop_url, 'interpreter', r.interpreter, 'provider', p.short_name, 'brand', p.brand,
    'venue', v.name, 'district', v.district, 'steps', v.steps, 'lift', v.lift, 'hearing_loop', v.hearing_loop) AS says,
    row_number() OVER (ORDER BY {order}, h.starts_at, h.run_id) AS number
  FROM top h JOIN courses_run r ON r.id = h.run_id JOIN providers_provider p ON p.id = r.provider_id
  LEFT JOIN courses_venue v ON v.id = h.venue_id
UNION ALL SELECT 'total', 'null', coalesce(sum(n), 0)::bigint FROM alike WHERE missed = 0
-- 4. A facet counts what it would leave if only the others were applied; what helps to get in is counted among the hits.
UNION ALL SELECT 'facet', to_jsonb(mark), sum(n)::bigint FROM alike, unnest(marks) AS mark
  WHERE missed - coalesce(m[array_position(ARRAY['mode', 'day', 'time', 'district', 'cost', '', 'kind', 'language', 'provider'],
    split_part(mark, ':', 1))], 0) = 0 GROUP BY mark
ORDER BY kind, number
