-- Runs of which the same can be chosen share a group: a list is judged and counted by its groups, and a run carries one number for that.
CALL wall('courses_dategroup', 'true', 'false');
CALL wall('courses_datemark', 'true', 'false');

-- Facets are bits, so that what a group misses is one number: the order is that of `courses/queries/dates.py`.
CREATE OR REPLACE FUNCTION bit_of_facet(mark text) RETURNS integer LANGUAGE sql IMMUTABLE SET search_path = public AS $$
  SELECT 1 << array_position(ARRAY['mode', 'day', 'time', 'district', 'cost', 'access', 'kind', 'language', 'provider'], split_part(mark, ':', 1)) - 1 $$;

-- Two who need the same new group at once: the second waits for the first and finds it.
CREATE OR REPLACE FUNCTION date_group(its varchar[]) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE sorted varchar[] := ARRAY(SELECT DISTINCT mark FROM unnest(its) AS mark ORDER BY mark); found bigint; BEGIN
  SELECT id INTO found FROM courses_dategroup WHERE marks = sorted;
  IF found IS NULL THEN
    INSERT INTO courses_dategroup (marks) VALUES (sorted) ON CONFLICT (marks) DO NOTHING RETURNING id INTO found;
    IF found IS NULL THEN
      SELECT id INTO found FROM courses_dategroup WHERE marks = sorted;
    ELSE
      INSERT INTO courses_datemark (group_id, facet, mark) SELECT found, bit_of_facet(mark), mark FROM unnest(sorted) AS mark
        WHERE bit_of_facet(mark) IS NOT NULL;
    END IF;
  END IF;
  RETURN found;
END $$;

CREATE OR REPLACE FUNCTION group_entry() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$ BEGIN
  NEW.group_id := date_group(NEW.marks);
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER group_entry BEFORE INSERT OR UPDATE OF marks ON courses_runentry FOR EACH ROW EXECUTE FUNCTION group_entry();

-- What was entered before there were groups.
UPDATE courses_runentry SET group_id = date_group(marks);
