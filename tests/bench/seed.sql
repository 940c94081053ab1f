-- A big city, copied from one printed course of the demo: 50 providers, 2,000 courses, 5,000 learners, 100,000 enrolments.
-- Run by the owner, past the walls (big_city.py fills in the names). The course is the one that is copied.
CREATE TEMP TABLE original AS SELECT c.*, i.id AS eid, i.printing, i.items AS eitems, i.total
  FROM courses_catalogueentry c JOIN courses_edition i ON i.id = c.edition_id WHERE c.address = :'course';
-- What a provider has besides is as the copied course's provider has it; what a person has besides, as somebody has it.
INSERT INTO providers_provider OVERRIDING SYSTEM VALUE
  SELECT (jsonb_populate_record(p, jsonb_build_object('id', nextval(pg_get_serial_sequence('providers_provider', 'id')),
    'key', lpad(n::text, 16, '0'), 'slug', 'anbieter-' || n, 'name', 'Anbieter ' || n, 'short_name', 'Anbieter ' || n, 'collection_id', NULL))).*
  FROM providers_provider p, original o, generate_series(1, 50) n WHERE p.id = o.provider_id;
CREATE TEMP TABLE copies AS SELECT n, gen_random_uuid() AS course, p.id AS provider_id, p.slug AS provider,
    'kurs-' || n AS slug, nextval('courses_edition_id_seq') AS edition
  FROM generate_series(1, :courses) n JOIN providers_provider p ON p.slug = 'anbieter-' || (n % 50 + 1);
INSERT INTO courses_edition (id, provider_id, course, number, printing, items, total, checksum, printed_at, news)
  SELECT edition, copies.provider_id, copies.course, 1, 1, eitems, total, 'x', now(), '' FROM copies, original;
INSERT INTO courses_printedlesson (edition_id, provider_id, printing, language, lang, position, slug, lesson, title, minutes, html, facts, items, open, checksum)
  SELECT copies.edition, copies.provider_id, 1, s.language, s.lang, s.position, s.slug, s.lesson, s.title, s.minutes, s.html, s.facts, s.items, s.open, s.checksum
  FROM copies, original o JOIN courses_printedlesson s ON s.edition_id = o.eid AND s.printing = o.printing AND s.language = 'de';
INSERT INTO courses_answerkey (printed_lesson_id, provider_id, edition_id, open, keys)
  SELECT s.id, s.provider_id, s.edition_id, s.open, k.keys FROM courses_printedlesson s JOIN copies ON copies.edition = s.edition_id
  JOIN original o ON true JOIN courses_printedlesson os ON os.edition_id = o.eid AND os.printing = o.printing AND os.language = 'de' AND os.position = s.position
  JOIN courses_answerkey k ON k.printed_lesson_id = os.id;
INSERT INTO courses_catalogueentry (course, edition_id, provider_id, address, title, sort_key, area, level, provider_slug, languages, minutes, html, printed_at)
  SELECT copies.course, edition, copies.provider_id, copies.provider || '/' || copies.slug, o.title || ' ' || n,
    (ARRAY['sicher', 'internet', 'smartphone', 'bank', 'video', 'foto', 'brief'])[n % 7 + 1] || n, (n % 5 + 1)::text,
    (ARRAY['einstieg', 'grundlagen', 'aufbau'])[n % 3 + 1], copies.provider, ARRAY['de'], 60, o.html, now()
  FROM copies, original o;
-- Each has the words of one of the demo's courses, and one more in its title.
CREATE TEMP TABLE shelf AS SELECT e.id AS entry, c.n, c.provider_id, e.sort_key,
    ARRAY['area:' || e.area, 'language:de', 'length:medium', 'level:' || e.level, 'provider:' || e.provider_slug]::varchar[] AS marks
  FROM courses_catalogueentry e JOIN copies c ON c.course = e.course;
INSERT INTO courses_facetgroup (marks) SELECT DISTINCT marks FROM shelf ON CONFLICT DO NOTHING;
CREATE TEMP TABLE spoken AS SELECT row_number() OVER (ORDER BY entry_id) - 1 AS n, search, rank FROM courses_searchentry;
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE courses_searchentry DISABLE TRIGGER know_stems;
INSERT INTO courses_searchentry (entry_id, provider_id, group_id, sort_key, search, rank)
  SELECT shelf.entry, shelf.provider_id, g.id, shelf.sort_key, setweight(to_tsvector('german', word), 'A') || w.search, setweight(to_tsvector('german', word), 'A') || w.rank
  FROM shelf JOIN courses_facetgroup g USING (marks)
    JOIN spoken w ON w.n = shelf.n % (SELECT count(*) FROM spoken),
    LATERAL (SELECT (ARRAY['Passwort', 'Smartphone', 'Videoanruf', 'Personalausweis', 'E-Mail', 'Fotos im Alltag', 'Internet', 'Drucker'])[shelf.n % 8 + 1] AS word) x;
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE courses_searchentry ENABLE TRIGGER know_stems;
INSERT INTO courses_searchstem (stem, df, part, label) SELECT word, ndoc, length(word) > 2, false
  FROM ts_stat('SELECT search FROM courses_searchentry') WHERE word !~ '^[§°]' ON CONFLICT (stem) DO UPDATE SET df = excluded.df;
UPDATE courses_searchterm t SET df = s.df FROM courses_searchstem s WHERE s.stem = t.stem;
UPDATE courses_concept c SET df = ndoc FROM ts_stat('SELECT search FROM courses_searchentry') WHERE word = '§' || c.key;
INSERT INTO accounts_user OVERRIDING SYSTEM VALUE
  SELECT (jsonb_populate_record((SELECT p FROM accounts_user p ORDER BY id LIMIT 1), jsonb_build_object(
    'id', nextval(pg_get_serial_sequence('accounts_user', 'id')), 'password', '!', 'is_superuser', false, 'is_staff', false,
    'is_active', true, 'email', 'learner-' || n || '@bench.example', 'name', 'Lernende ' || n, 'date_joined', now(),
    'last_login', NULL, 'news_off', '[]'::jsonb, 'first_place', '', 'age_band', '', 'pseudonym', '', 'figure_seed', gen_random_uuid()))).*
  FROM generate_series(1, :learners) n;
CREATE TEMP TABLE people AS SELECT id, row_number() OVER (ORDER BY id) AS n FROM accounts_user WHERE email LIKE '%@bench.example';
ALTER TABLE learning_enrolment DISABLE TRIGGER tally_came;  -- a million at once are counted once, below
INSERT INTO learning_enrolment (learner_id, provider_id, course, edition_id, started_at, touched_at, position, done, total)
  SELECT people.id, c.provider_id, c.course, c.edition, now() - interval '30 days', now(), 1, 2, o.total
  FROM people JOIN generate_series(0, 19) k ON true JOIN copies c ON c.n = (people.n * 37 + k * 101) % :courses + 1, original o;
-- Nearly all of them are in the demo's own course as well: what its authors see must not grow with them. Not the first, whose pages are measured.
INSERT INTO learning_enrolment (learner_id, provider_id, course, edition_id, started_at, touched_at, position, done, total)
  SELECT people.id, o.provider_id, o.course, o.eid, now() - interval '30 days', now(), 1, 2, o.total FROM people, original o WHERE people.n > 400;
ALTER TABLE learning_enrolment ENABLE TRIGGER tally_came;
SELECT tally_anew();
INSERT INTO learning_progress (learner_id, provider_id, enrolment_id, item, position, done_at)
  SELECT e.learner_id, e.provider_id, e.id, (i.items->k->>'id')::uuid, (i.items->k->>'lesson')::int, now()
  FROM learning_enrolment e JOIN courses_edition i ON i.id = e.edition_id, generate_series(0, 1) k
  WHERE e.learner_id IN (SELECT id FROM people);
ANALYZE;
