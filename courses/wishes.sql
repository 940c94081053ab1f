-- What was sought in vain is counted: a concept at once; a word once it was sought on three days and ten times. No person, no day
-- of a single search. Anybody's search may count, so nobody needs a right to write; the office reads.
CREATE OR REPLACE FUNCTION count_wishes(concepts text[], words text[], today date) RETURNS integer
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE this date := date_trunc('month', today); kept integer; BEGIN
  INSERT INTO courses_searchwish AS w (concept_id, word, month, times)
    SELECT id, '', this, 1 FROM courses_concept WHERE key = ANY(concepts)
    UNION ALL SELECT NULL, s, this, 1 FROM unnest(words) AS s WHERE EXISTS (SELECT 1 FROM courses_searchwish k WHERE k.word = s)
    ON CONFLICT (concept_id, word, month) DO UPDATE SET times = w.times + 1;
  GET DIAGNOSTICS kept = ROW_COUNT;
  -- a stranger who thinks up words does not fill the disk
  IF (SELECT count(*) FROM courses_soughtword) < 20000 THEN
    INSERT INTO courses_soughtword AS w (word, days, times, last_day)
      SELECT DISTINCT s, 1, 1, today FROM unnest(words) AS s WHERE NOT EXISTS (SELECT 1 FROM courses_searchwish k WHERE k.word = s) ORDER BY s
      ON CONFLICT (word) DO UPDATE SET times = w.times + 1, days = w.days + (w.last_day <> today)::int, last_day = today;
  END IF;
  WITH ripe AS (DELETE FROM courses_soughtword WHERE word = ANY(words) AND days >= 3 AND times >= 10 RETURNING word, times)
  INSERT INTO courses_searchwish (concept_id, word, month, times) SELECT NULL, word, this, times FROM ripe
    ON CONFLICT (concept_id, word, month) DO NOTHING;
  RETURN kept;
END $$;

CALL wall('courses_searchwish', '(SELECT lens()) IN (''office'', ''system'')', '(SELECT lens()) = ''system''');
CALL wall('courses_soughtword', '(SELECT lens()) = ''system''', '(SELECT lens()) = ''system''');
