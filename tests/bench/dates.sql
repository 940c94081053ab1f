-- 20,000 runs with 120,000 meetings in 200 places, copied from one run and the places of the demo. After seed.sql, on the same connection.
CREATE TEMP TABLE a_run AS SELECT r.* FROM courses_run r JOIN courses_runentry e ON e.run_id = r.id WHERE r.kind = 'course' ORDER BY r.id LIMIT 1;
CREATE TEMP TABLE a_meeting AS SELECT m.* FROM courses_meeting m JOIN a_run r ON m.run_id = r.id ORDER BY m.id LIMIT 1;
CREATE TEMP TABLE places AS SELECT v.id AS original, p.id AS provider_id, nextval(pg_get_serial_sequence('courses_venue', 'id')) AS id,
    row_number() OVER (PARTITION BY p.id ORDER BY v.id) - 1 AS at
  FROM providers_provider p CROSS JOIN (SELECT id FROM courses_venue ORDER BY id LIMIT 4) v WHERE p.slug LIKE 'anbieter-%';
INSERT INTO courses_venue OVERRIDING SYSTEM VALUE SELECT (jsonb_populate_record(v, jsonb_build_object(
    'id', places.id, 'provider_id', places.provider_id, 'name', 'Ort ' || places.id))).* FROM places JOIN courses_venue v ON v.id = places.original;
CREATE TEMP TABLE planned AS SELECT s.n, nextval(pg_get_serial_sequence('courses_run', 'id')) AS id, c.provider_id,
    CASE WHEN s.n % 2 = 0 THEN c.course END AS course FROM generate_series(1, :runs) AS s(n) JOIN copies c ON c.n = s.n % :courses + 1;
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE courses_run DISABLE TRIGGER enter_run;
ALTER TABLE courses_meeting DISABLE TRIGGER enter_run;
INSERT INTO courses_run OVERRIDING SYSTEM VALUE SELECT (jsonb_populate_record(r, jsonb_build_object('id', planned.id, 'key', gen_random_uuid(),
    'provider_id', planned.provider_id, 'course', planned.course, 'title', r.title || ' ' || n, 'number', '', 'seats_max', 12, 'taken', 0, 'waiting', 0,
    'price', (ARRAY[0, 0, 1500, 4000])[n % 4 + 1], 'shop_url', (ARRAY['', '', 'https://shop.example/', 'https://shop.example/'])[n % 4 + 1],
    'mode', (ARRAY['onsite', 'onsite', 'blended'])[n % 3 + 1], 'book_until', NULL, 'published_at', now() - interval '9 days', 'cancelled_at', NULL))).*
  FROM planned, a_run r;
INSERT INTO courses_meeting OVERRIDING SYSTEM VALUE SELECT (jsonb_populate_record(m, jsonb_build_object(
    'id', nextval(pg_get_serial_sequence('courses_meeting', 'id')), 'run_id', planned.id, 'provider_id', planned.provider_id, 'venue_id', places.id, 'room_id', NULL,
    'starts_at', begins, 'ends_at', begins + interval '2 hours', 'changed_at', NULL, 'cancelled_at', NULL))).*
  FROM a_meeting m, planned JOIN places ON places.provider_id = planned.provider_id AND places.at = planned.n % 4,
    generate_series(0, 5) k, LATERAL (SELECT date_trunc('day', now()) + make_interval(days => (planned.n % 90 + 1 + 7 * k)::int,
      hours => (ARRAY[9, 14, 18])[planned.n % 3 + 1]) AS begins) b;
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE courses_run ENABLE TRIGGER enter_run;
ALTER TABLE courses_meeting ENABLE TRIGGER enter_run;
DO $$ BEGIN PERFORM enter_run(id) FROM planned; END $$;
ANALYZE;
