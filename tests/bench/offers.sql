-- 100,000 offers for the search alone: entries in the catalogue and what the search reads of them, with the words of the demo's courses.
CREATE TEMP TABLE first_entry AS SELECT * FROM courses_catalogueentry ORDER BY id LIMIT 1;
CREATE TEMP TABLE offered AS SELECT n, gen_random_uuid() AS course, nextval('courses_edition_id_seq') AS edition,
    nextval(pg_get_serial_sequence('courses_catalogueentry', 'id')) AS id FROM generate_series(1, :offers) n;
INSERT INTO courses_edition (id, provider_id, course, number, printing, items, total, checksum, printed_at, news)
  SELECT edition, f.provider_id, offered.course, 1, 1, '[]', 1, 'x', now(), '' FROM offered, first_entry f;
INSERT INTO courses_catalogueentry OVERRIDING SYSTEM VALUE SELECT (jsonb_populate_record(f, jsonb_build_object('id', offered.id,
    'course', offered.course, 'edition_id', edition, 'address', 'haus/kurs-' || n, 'title', f.title || ' ' || n,
    'sort_key', md5(n::text), 'area', (n % 5 + 1)::text, 'level', (ARRAY['einstieg', 'grundlagen', 'aufbau'])[n % 3 + 1]))).* FROM offered, first_entry f;
CREATE TEMP TABLE marked AS SELECT o.id, f.provider_id, md5(n::text) AS sort_key, ARRAY['area:' || (n % 5 + 1), 'language:de',
    'length:' || (ARRAY['short', 'medium', 'long'])[n % 3 + 1], 'level:' || (ARRAY['einstieg', 'grundlagen', 'aufbau'])[n % 7 % 3 + 1],
    'provider:' || f.provider_slug]::varchar[] AS marks, n FROM offered o, first_entry f;
INSERT INTO courses_facetgroup (marks) SELECT DISTINCT marks FROM marked ON CONFLICT DO NOTHING;
CREATE TEMP TABLE spoken_so AS SELECT row_number() OVER (ORDER BY entry_id) - 1 AS n, search, rank FROM courses_searchentry;
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE courses_searchentry DISABLE TRIGGER know_stems;
INSERT INTO courses_searchentry (entry_id, provider_id, group_id, sort_key, search, rank)
  SELECT m.id, m.provider_id, g.id, m.sort_key, w.search, w.rank FROM marked m JOIN courses_facetgroup g USING (marks)
    JOIN spoken_so w ON w.n = m.n % (SELECT count(*) FROM spoken_so);
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE courses_searchentry ENABLE TRIGGER know_stems;
CREATE TEMP TABLE counted AS SELECT word, ndoc FROM ts_stat('SELECT search FROM courses_searchentry');
INSERT INTO courses_searchstem (stem, df, part, label) SELECT word, ndoc, length(word) > 2, false FROM counted WHERE word !~ '^[§°]'
  ON CONFLICT (stem) DO UPDATE SET df = excluded.df;
UPDATE courses_concept c SET df = ndoc FROM counted WHERE word = '§' || c.key;
ANALYZE;
