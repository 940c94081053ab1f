WITH
-- 1. What is still ahead, and the start of its next meeting: the first that has not ended.
ahead AS MATERIALIZED (
  SELECT run_id, group_id, price, starts[CASE WHEN begins_at > %(now)s THEN 1 ELSE width_bucket(%(now)s::timestamptz, ends) + 1 END] AS starts_at
  FROM courses_runentry e
  WHERE e.ends_at > %(now)s AND (%(among)s::bigint[] IS NULL OR run_id = ANY (%(among)s::bigint[]))
    AND (%(from)s::date IS NULL OR (e.ends_at AT TIME ZONE 'Europe/Berlin')::date >= %(from)s::date)
    AND (%(until)s::date IS NULL OR (begins_at AT TIME ZONE 'Europe/Berlin')::date <= %(until)s::date)
    AND (words LIKE ALL (%(words)s::text[]) OR course IN (SELECT unnest(%(courses)s::uuid[])))),
-- 2. Runs of one group have the same marks: judged and counted as one. Facets are bits; which of those that were asked for does a group
--    miss? Within one facet any choice will do; of what helps to get in, all are needed.
have AS MATERIALIZED (
  SELECT group_id, bit_or(facet) FILTER (WHERE facet <> {access}) AS has, count(*) FILTER (WHERE facet = {access}) AS ways
  FROM courses_datemark WHERE mark = ANY (%(chosen)s::varchar[]) GROUP BY group_id),
judged AS MATERIALIZED (
  SELECT group_id, n, (%(facets)s::int & ~coalesce(has, 0)) | CASE WHEN coalesce(ways, 0) < %(ways)s THEN {access} ELSE 0 END AS missed
  FROM (SELECT group_id, count(*) AS n FROM ahead GROUP BY group_id) g LEFT JOIN have USING (group_id)),
-- 3. The runs of this page, in its order. "IS TRUE": the groups are looked up in a hash; as a join they may be gone through for each run.
page AS MATERIALIZED (
  SELECT place, run_id, starts[i] AS starts_at, ends[i] AS ends_at, venues[i] AS venue_id, cardinality(ends) - i + 1 AS meetings
  FROM unnest(ARRAY(SELECT a.run_id FROM ahead a {join} WHERE (a.group_id IN (SELECT group_id FROM judged WHERE missed = 0)) IS TRUE
      ORDER BY {order}, a.starts_at, a.run_id LIMIT %(limit)s OFFSET %(offset)s)) WITH ORDINALITY AS t(run_id, place)
    JOIN courses_runentry USING (run_id) CROSS JOIN LATERAL (SELECT width_bucket(%(now)s::timestamptz, ends) + 1 AS i) n)
SELECT 'date' AS kind, jsonb_build_object('key', r.key, 'title', r.title, 'kind', r.kind, 'mode', r.mode, 'starts_at', h.starts_at,
    'ends_at', h.ends_at, 'meetings', h.meetings, 'km', k.km, 'price', r.price, 'reductions', r.reductions, 'seats_max', r.seats_max,
    'taken', r.taken, 'waiting', r.waiting, 'shop_url', r.shop_url, 'interpreter', r.interpreter, 'provider', p.short_name, 'brand', p.brand,
    'venue', v.name, 'district', v.district, 'steps', v.steps, 'lift', v.lift, 'hearing_loop', v.hearing_loop) AS says, place AS number
  FROM page h JOIN courses_run r ON r.id = h.run_id JOIN providers_provider p ON p.id = r.provider_id
  LEFT JOIN courses_venue v ON v.id = h.venue_id
  LEFT JOIN unnest(%(districts)s::text[], %(kilometres)s::real[]) AS k(district, km) ON k.district = v.district
UNION ALL SELECT 'total', 'null', coalesce(sum(n), 0)::bigint FROM judged WHERE missed = 0
-- 4. A facet counts what it would leave if only the others were applied; what helps to get in is counted among the hits.
UNION ALL SELECT 'facet', to_jsonb(mark), sum(n)::bigint FROM judged JOIN courses_datemark USING (group_id)
  WHERE missed = 0 OR missed = facet AND facet <> {access} GROUP BY mark
ORDER BY kind, number
