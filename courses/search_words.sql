-- The dictionaries of the catalogue's search, the triggers that keep its vocabulary, and the walls of its tables.
-- Snowball without PostgreSQL's stop words: `words.search` has dropped those of nine languages already.
DO $$ DECLARE language text; BEGIN
  FOREACH language IN ARRAY ARRAY['german', 'english', 'turkish', 'romanian', 'russian', 'arabic'] LOOP
    IF NOT EXISTS (SELECT 1 FROM pg_ts_dict WHERE dictname = 'stem_' || language) THEN
      EXECUTE format('CREATE TEXT SEARCH DICTIONARY stem_%s (TEMPLATE = snowball, LANGUAGE = %s)', language, language);
    END IF;
  END LOOP;
END $$;

-- A stem of one or two letters ("aile" -> "ai") says nothing: then the word itself. Without umlauts, as the German stemmer leaves words.
CREATE OR REPLACE FUNCTION search_light(w text, d regdictionary) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT translate(CASE WHEN length((ts_lexize(d, w))[1]) < 3 THEN w ELSE (ts_lexize(d, w))[1] END, 'äöü', 'aou') $$;

-- Every stem a typed word may stand for. Which language it is nobody knows, so by script.
CREATE OR REPLACE FUNCTION search_stems(w text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN w COLLATE "C" >= 'ء' AND w COLLATE "C" < 'ۿ' THEN ts_lexize('stem_arabic', w)
              WHEN w COLLATE "C" >= 'а' AND w COLLATE "C" < 'ӿ' THEN ts_lexize('stem_russian', w)
              ELSE ts_lexize('stem_german', w) || ts_lexize('stem_english', w)
                || ARRAY[search_light(w, 'stem_turkish'), search_light(w, 'stem_romanian'), translate(w, 'äöü', 'aou')] END $$;

-- The stem of a word whose language is known.
CREATE OR REPLACE FUNCTION search_stem(w text, language text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN w COLLATE "C" >= 'ء' AND w COLLATE "C" < 'ۿ' THEN (ts_lexize('stem_arabic', w))[1]
              WHEN w COLLATE "C" >= 'а' AND w COLLATE "C" < 'ӿ' THEN (ts_lexize('stem_russian', w))[1]
              WHEN language = 'en' THEN (ts_lexize('stem_english', w))[1]
              WHEN language = 'tr' THEN search_light(w, 'stem_turkish')
              WHEN language = 'ro' THEN search_light(w, 'stem_romanian')
              ELSE (ts_lexize('stem_german', w))[1] END $$;

-- `search` lies outside of the row and `rank` in it, uncompressed: a row of more than 2 kB makes ranking ten times as dear.
ALTER TABLE courses_searchentry ALTER search SET STORAGE EXTERNAL, ALTER rank SET STORAGE EXTERNAL;
ALTER TABLE courses_searchentry SET (toast_tuple_target = 1800);

-- What a card says is known at once. How many cards say it is counted at night (`refresh_vocabulary`): counting here
-- would make printers wait for each other.
CREATE OR REPLACE FUNCTION know_stems() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE said text[] := tsvector_to_array(NEW.search); BEGIN
  IF TG_OP = 'UPDATE' AND OLD.search = NEW.search THEN RETURN NULL; END IF;
  INSERT INTO courses_searchstem (stem, df, part, label)
    SELECT s, 1, length(s) > 2, false FROM unnest(said) AS s
    WHERE s !~ '^[§°]' AND NOT EXISTS (SELECT 1 FROM courses_searchstem k WHERE k.stem = s) ORDER BY s
    ON CONFLICT (stem) DO NOTHING;
  UPDATE courses_searchstem SET df = 1 WHERE df = 0 AND stem = ANY(said);
  WITH first AS (UPDATE courses_concept SET df = 1, ask = ARRAY['§' || key] WHERE df = 0 AND '§' || key = ANY(said) RETURNING id)
  UPDATE courses_searchstem s SET label = true
    FROM first JOIN courses_conceptlabel l ON l.concept_id = first.id AND l.size = 1 AND l.language LIKE 'de%' AND NOT l.removed
      JOIN courses_labelstem w ON w.label_id = l.id
    WHERE s.stem = w.stem AND NOT s.label;
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER know_stems AFTER INSERT OR UPDATE OF search ON courses_searchentry
  FOR EACH ROW EXECUTE FUNCTION know_stems();

-- A provider that moves takes the facets of its courses along.
CREATE OR REPLACE FUNCTION move_facets_of_provider() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$ BEGIN
  UPDATE courses_facetgroup SET marks = array_replace(marks, 'provider:' || OLD.slug, 'provider:' || NEW.slug)
    WHERE 'provider:' || OLD.slug = ANY(marks);
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER take_facets_along AFTER UPDATE OF slug ON providers_provider
  FOR EACH ROW WHEN (OLD.slug <> NEW.slug) EXECUTE FUNCTION move_facets_of_provider();

-- Public reading tables, as the catalogue's entries. The press adds what it prints; concepts are the platform's.
CALL wall('courses_searchentry', 'true', 'provider_id = ANY((SELECT lens_providers())::bigint[])');
CALL wall('courses_facetgroup', 'true', '(SELECT lens_providers()) IS NOT NULL', 'false', '(SELECT lens()) = ''system''');
CALL wall('courses_searchterm', 'true', '(SELECT lens_providers()) IS NOT NULL', '(SELECT lens()) = ''system''', '(SELECT lens()) = ''system''');
CALL wall('courses_searchstem', 'true', '(SELECT lens()) = ''system''');
CALL wall('courses_concept', 'true', '(SELECT lens()) = ''system''');
CALL wall('courses_conceptlabel', 'true', '(SELECT lens()) = ''system''');
CALL wall('courses_labelstem', 'true', '(SELECT lens()) = ''system''');
