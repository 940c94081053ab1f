-- A group of dates that no run is in any more is swept. Whoever enters a run holds its group until the entry is there.
CREATE OR REPLACE FUNCTION date_group(its varchar[]) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE sorted varchar[] := ARRAY(SELECT DISTINCT mark FROM unnest(its) AS mark ORDER BY mark); found bigint; BEGIN
  LOOP
    SELECT id INTO found FROM courses_dategroup WHERE marks = sorted FOR KEY SHARE;
    EXIT WHEN found IS NOT NULL;
    INSERT INTO courses_dategroup (marks) VALUES (sorted) ON CONFLICT (marks) DO NOTHING RETURNING id INTO found;
    IF found IS NOT NULL THEN
      INSERT INTO courses_datemark (group_id, facet, mark) SELECT found, bit_of_facet(mark), mark FROM unnest(sorted) AS mark
        WHERE bit_of_facet(mark) IS NOT NULL;
      EXIT;
    END IF;
  END LOOP;
  RETURN found;
END $$;

-- First held, then looked at again: an entry that came before the hold is seen by the second statement, one that comes after waits
-- and makes its group anew. Groups that somebody holds just now are left for the next night.
CREATE OR REPLACE FUNCTION forget_date_groups() RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE held bigint[]; gone bigint[]; BEGIN
  held := ARRAY(SELECT id FROM courses_dategroup g WHERE NOT EXISTS (SELECT FROM courses_runentry e WHERE e.group_id = g.id)
    FOR UPDATE SKIP LOCKED);
  gone := ARRAY(SELECT id FROM unnest(held) AS id WHERE NOT EXISTS (SELECT FROM courses_runentry e WHERE e.group_id = id));
  DELETE FROM courses_datemark WHERE group_id = ANY(gone);
  DELETE FROM courses_dategroup WHERE id = ANY(gone);
  RETURN cardinality(gone);
END $$;
