WITH
-- 1. What was typed: words, and neighbours written as one ("smart phone"). A place times ten leaves room for the parts of a compound.
span AS MATERIALIZED (
  SELECT w, first * 10 + part AS a, CASE WHEN part > 0 THEN first * 10 + part ELSE last * 10 END AS b, part > 0 AS part, plain, sound,
    search_stems(w) AS stems
  FROM unnest(%(words)s::text[], %(first)s::int[], %(last)s::int[], %(part)s::int[], %(plain)s::text[], %(sounds)s::text[])
    AS t(w, first, last, part, plain, sound)),
known AS MATERIALIZED (SELECT s.a, s.b, s.part, s.stems FROM span s
  WHERE EXISTS (SELECT 1 FROM unnest(s.stems) AS x(stem) JOIN courses_searchstem l USING (stem))),
unknown AS MATERIALIZED (SELECT s.* FROM span s WHERE s.a = s.b AND NOT s.part AND length(s.w) > 2
  AND NOT EXISTS (SELECT 1 FROM known k WHERE s.a BETWEEN k.a AND k.b AND NOT k.part)),

-- 2. An unknown word is a typing error, or written as it sounds: its nearest neighbour, unless the visitor wants the word as it is (`exact`).
--    Two look-ups in a UNION, because with OR neither index is used.
near AS MATERIALIZED (
  SELECT u.a, n.* FROM unknown u CROSS JOIN LATERAL (
    SELECT t.word, t.stem, (1 - levenshtein(t.plain, u.plain)::real / greatest(length(t.plain), length(u.plain))) * 0.6
        + similarity(t.plain, u.plain) * 0.4
        + CASE WHEN t.sound = u.sound THEN 0.25 WHEN left(t.plain, 1) <> left(u.plain, 1) THEN -0.12 ELSE 0 END
        + t.worth - CASE WHEN (t.word COLLATE "C" < 'ʰ') = (u.w COLLATE "C" < 'ʰ') THEN 0 ELSE 0.15 END AS score
    FROM (SELECT word, plain, sound, stem, df, worth FROM courses_searchterm WHERE plain %% u.plain
      UNION SELECT word, plain, sound, stem, df, worth FROM courses_searchterm WHERE u.sound <> '' AND sound = u.sound) t
    WHERE length(t.plain) <= 40 ORDER BY score DESC, t.df DESC, t.word LIMIT 1) n
  WHERE n.score >= 0.70 AND length(u.plain) <= 40 AND NOT %(exact)s),

-- 3. No clear typing error: a compound that nobody has printed. What stood between its hyphens; or two known parts;
--    or one part that is alone the name of a concept. The stemmer takes the linking letters off.
hyphened AS MATERIALIZED (SELECT k.* FROM known k JOIN unknown u ON k.part AND k.a BETWEEN u.a + 1 AND u.a + 9
  WHERE NOT EXISTS (SELECT 1 FROM near n WHERE n.a = u.a AND n.score >= 0.8)),
parts AS MATERIALIZED (
  SELECT DISTINCT ON (u.a) u.a, CASE WHEN l.stem <> '' THEN left(u.w, i) END AS head, CASE WHEN r.stem <> '' THEN substr(u.w, i + 1) END AS tail
  FROM unknown u CROSS JOIN LATERAL generate_series(3, length(u.w) - 3) AS i
  LEFT JOIN courses_searchstem l ON l.stem = (ts_lexize('stem_german', left(u.w, i)))[1] AND l.part
  LEFT JOIN courses_searchstem r ON r.stem = (ts_lexize('stem_german', substr(u.w, i + 1)))[1] AND r.part
  WHERE length(u.w) >= 7 AND NOT EXISTS (SELECT 1 FROM near n WHERE n.a = u.a AND n.score >= 0.8)
    AND NOT EXISTS (SELECT 1 FROM hyphened h WHERE h.a BETWEEN u.a + 1 AND u.a + 9)
    AND (l.part AND r.part OR l.label AND i >= 5 OR r.label AND length(u.w) - i >= 5)
  ORDER BY u.a, (l.stem IS NULL)::int + (r.stem IS NULL)::int,
    CASE WHEN l.part AND r.part THEN (least(i, length(u.w) - i) < 4)::int END,
    CASE WHEN l.part AND r.part THEN (l.df > 0)::int + (r.df > 0)::int END DESC, CASE WHEN r.stem IS NULL THEN -i ELSE i END),
said AS MATERIALIZED (
  SELECT p AS a, p AS b, stem FROM known CROSS JOIN unnest(stems) AS x(stem) CROSS JOIN unnest(ARRAY[a, b]) AS p WHERE NOT part
  UNION SELECT a, b, stem FROM hyphened CROSS JOIN unnest(stems) AS x(stem)
  UNION SELECT a + 1, a + 1, stem FROM parts CROSS JOIN unnest(search_stems(head)) AS x(stem) WHERE head <> ''
  UNION SELECT a + 2, a + 2, stem FROM parts CROSS JOIN unnest(search_stems(tail)) AS x(stem) WHERE tail <> ''
  UNION SELECT a, a, stem FROM near n WHERE NOT EXISTS (SELECT 1 FROM parts p WHERE p.a = n.a)
    AND NOT EXISTS (SELECT 1 FROM hyphened h WHERE h.a BETWEEN n.a + 1 AND n.a + 9)),
word AS MATERIALIZED (SELECT s.a, s.b, l.stem, l.df FROM said s JOIN courses_searchstem l USING (stem) WHERE l.df > 0),

-- 4. Concepts of which every word was said. At one place the longest label wins, then a German one; half a label serves a
--    place that nothing else serves.
named AS MATERIALIZED (
  SELECT l.concept_id AS concept, l.size, l.size * 2 + (l.language LIKE 'de%%')::int AS worth, count(DISTINCT w.stem) AS said,
    array_agg(DISTINCT s.a) AS at
  FROM said s JOIN courses_labelstem w USING (stem) JOIN courses_conceptlabel l ON l.id = w.label_id
  GROUP BY l.id HAVING count(DISTINCT w.stem) * 2 >= l.size),
best AS MATERIALIZED (SELECT DISTINCT p.a, n.concept FROM named n CROSS JOIN unnest(n.at) AS p(a)
    WHERE n.said = n.size AND n.worth = (SELECT max(m.worth) FROM named m WHERE p.a = ANY (m.at) AND m.said = m.size)
  UNION SELECT p.a, n.concept FROM named n CROSS JOIN unnest(n.at) AS p(a)
    WHERE n.said < n.size AND NOT EXISTS (SELECT 1 FROM word w WHERE p.a BETWEEN w.a AND w.b)
      AND NOT EXISTS (SELECT 1 FROM named m WHERE p.a = ANY (m.at) AND m.said = m.size)),
choice AS (
  SELECT a, quote_literal(stem) AS t, df FROM word
  UNION SELECT b.a, quote_literal(t), greatest(c.df, 1) FROM best b JOIN courses_concept c ON c.id = b.concept CROSS JOIN unnest(c.ask) AS t),

-- 5. What is asked: up to six queries, the rarest first, each with its factor; all of them, any of them, phrases word for
--    word, and what nobody wants to see. ts_rank divides by the number of terms: hence the factor n.
unit AS MATERIALIZED (SELECT a, string_agg(t, '|')::tsquery AS q, count(*) AS n, max(df) AS df FROM choice GROUP BY a),
asked AS MATERIALIZED (
  SELECT q[1] AS q1, q[2] AS q2, q[3] AS q3, q[4] AS q4, q[5] AS q5, q[6] AS q6,
    f[1] AS f1, f[2] AS f2, f[3] AS f3, f[4] AS f4, f[5] AS f5, f[6] AS f6,
    CASE WHEN phrase IS NULL THEN all_of ELSE coalesce(all_of && phrase, phrase) END AS all_of,
    CASE WHEN phrase IS NULL THEN any_of ELSE coalesce(any_of && phrase, phrase) END AS any_of, unwanted
  FROM (SELECT array_agg(q ORDER BY df) AS q, array_agg((n / ln(2.0 + df))::real ORDER BY df) AS f,
      string_agg('(' || q::text || ')', '&')::tsquery AS all_of, string_agg('(' || q::text || ')', '|')::tsquery AS any_of FROM unit) x,
    (SELECT string_agg('(' || words || ')', '&')::tsquery AS phrase FROM (
       SELECT (SELECT string_agg('(' || (SELECT string_agg(quote_literal(s), '|') FROM unnest(search_stems(w)) AS s) || ')', '<->' ORDER BY n)
         FROM unnest(string_to_array(p, ' ')) WITH ORDINALITY AS t(w, n)) AS words FROM unnest(%(phrases)s::text[]) AS p) y) y,
    (SELECT string_agg(t, '|')::tsquery AS unwanted FROM (
       SELECT quote_literal(stem) || ':ABC' AS t FROM unnest(%(unwanted)s::text[]) AS m, unnest(search_stems(m)) AS stem
       UNION SELECT quote_literal('§' || c.key) || ':AB' FROM unnest(%(unwanted)s::text[]) AS m, unnest(search_stems(m)) AS stem
         JOIN courses_labelstem w USING (stem) JOIN courses_conceptlabel l ON l.id = w.label_id AND l.size = 1
         JOIN courses_concept c ON c.id = l.concept_id) m) z),

{groups}
-- 7. Cards with everything. If they are few, those with anything, but not the weakest.
--    Fewer than six queries: ts_rank is strict, so NULL counts 0. What no page shows is counted and not ranked: a score is dear.
strict AS MATERIALIZED (SELECT entry_id, CASE WHEN shown THEN sort_key END AS sort_key, group_id, CASE WHEN shown THEN {score} END AS score
  FROM courses_searchentry CROSS JOIN asked
    CROSS JOIN LATERAL (SELECT NOT EXISTS (SELECT 1 FROM chosen) OR group_id IN (SELECT id FROM wanted WHERE missed = 0) AS shown) s
  WHERE search @@ (SELECT all_of FROM asked) AND (unwanted IS NULL OR NOT rank @@ unwanted)),
enough AS MATERIALIZED (SELECT count(*) = 5 AS enough FROM (SELECT 1 FROM strict LIMIT 5) x),
wide AS MATERIALIZED (SELECT entry_id, sort_key, group_id, {score} AS score FROM courses_searchentry CROSS JOIN asked
  WHERE NOT (SELECT enough FROM enough) AND search @@ (SELECT any_of FROM asked) AND (unwanted IS NULL OR NOT rank @@ unwanted)),
hits AS NOT MATERIALIZED (SELECT * FROM strict WHERE (SELECT enough FROM enough)
  UNION ALL SELECT * FROM wide WHERE score >= 0.3 * (SELECT max(score) FROM wide) OR entry_id IN (SELECT entry_id FROM strict)),
{page}
-- 10. What the page says about the question: which words were taken for others, whether no card had everything,
--    which concepts were understood, and which of them nobody teaches.
UNION ALL SELECT 'meant', u.w, n.word, n.a::bigint FROM near n JOIN unknown u USING (a) WHERE EXISTS (SELECT 1 FROM said s WHERE s.a = n.a)
UNION ALL SELECT 'widened', '', '', 1 WHERE NOT EXISTS (SELECT 1 FROM strict) AND EXISTS (SELECT 1 FROM wide) AND (SELECT count(*) FROM unit) > 1
UNION ALL SELECT 'concept', c.key, (SELECT l.text FROM courses_conceptlabel l
    WHERE l.concept_id = c.id AND l.kind = 'pref' AND NOT l.removed AND l.language IN (%(language)s, 'de')
    ORDER BY l.language <> %(language)s LIMIT 1), c.df::bigint FROM (SELECT concept, min(a) AS a FROM best GROUP BY concept) b JOIN courses_concept c ON c.id = b.concept
