-- A run's entry carries its meetings: which comes next is read from the row, not from a hundred thousand meetings behind their wall.
CREATE OR REPLACE FUNCTION enter_run(its_run bigint) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = public AS $$
  DELETE FROM courses_runentry WHERE run_id = its_run;
  INSERT INTO courses_runentry (run_id, provider_id, course, words, begins_at, ends_at, price, marks, starts, ends, venues)
  SELECT r.id, r.provider_id, r.course, lower(concat_ws(' ', r.title, r.number, r.led_by, r.audience, p.name, p.short_name,
      (SELECT string_agg(DISTINCT concat_ws(' ', v.name, v.district), ' ') FROM courses_venue v
         JOIN courses_meeting m ON m.venue_id = v.id WHERE m.run_id = r.id AND m.cancelled_at IS NULL))),
    t.begins_at, t.ends_at, r.price, array_remove(ARRAY['mode:' || r.mode, 'kind:' || r.kind, 'language:' || r.language,
      'provider:' || p.slug, 'level:' || nullif(r.level, ''), CASE WHEN r.price = 0 THEN 'cost:free' END,
      CASE WHEN r.price BETWEEN 1 AND 2000 THEN 'cost:upto20' END, CASE WHEN r.reductions <> '[]' THEN 'cost:reduced' END,
      CASE WHEN r.interpreter THEN 'access:interpreter' END], NULL) || t.marks, t.starts, t.ends, t.venues
  FROM courses_run r JOIN providers_provider p ON p.id = r.provider_id CROSS JOIN LATERAL (
    SELECT min(m.starts_at) AS begins_at, max(m.ends_at) AS ends_at, array_agg(m.starts_at ORDER BY m.ends_at, m.id) AS starts,
      array_agg(m.ends_at ORDER BY m.ends_at, m.id) AS ends, array_agg(coalesce(m.venue_id, 0) ORDER BY m.ends_at, m.id) AS venues,
      (SELECT array_agg(DISTINCT mark) FROM courses_meeting o, unnest(marks_of_meeting(o.starts_at, o.venue_id)) AS mark
        WHERE o.run_id = r.id AND o.cancelled_at IS NULL) AS marks
    FROM courses_meeting m WHERE m.run_id = r.id AND m.cancelled_at IS NULL) t
  WHERE r.id = its_run AND r.published_at IS NOT NULL AND r.cancelled_at IS NULL AND t.begins_at IS NOT NULL $$;

-- What was planned before.
DO $$ BEGIN PERFORM enter_run(id) FROM courses_run; END $$;
