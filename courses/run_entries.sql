-- The catalogue of dates finds runs by one row each, which follows whatever is planned, moved, renamed or called off.
CALL wall('courses_runentry', 'true', 'false');

-- What can be chosen of a run. Days and hours are those of the city's clocks.
CREATE OR REPLACE FUNCTION marks_of_meeting(its_start timestamptz, its_venue bigint) RETURNS text[] LANGUAGE sql STABLE
  SECURITY DEFINER SET search_path = public AS $$
  SELECT array_remove(ARRAY['day:' || extract(isodow FROM local),
      'time:' || CASE WHEN extract(hour FROM local) < 12 THEN 'morning' WHEN extract(hour FROM local) < 17 THEN 'afternoon' ELSE 'evening' END,
      'district:' || nullif(v.district, ''),
      CASE WHEN v.steps = 0 THEN 'access:stepfree' END, CASE WHEN v.lift = 'yes' THEN 'access:lift' END,
      CASE WHEN v.toilet = 'yes' THEN 'access:toilet' END, CASE WHEN v.hearing_loop = 'yes' THEN 'access:loop' END,
      CASE WHEN v.parking = 'yes' THEN 'access:parking' END, CASE WHEN v.childcare = 'yes' THEN 'access:childcare' END], NULL)
  FROM (SELECT its_start AT TIME ZONE 'Europe/Berlin' AS local) t LEFT JOIN courses_venue v ON v.id = its_venue $$;

CREATE OR REPLACE FUNCTION enter_run(its_run bigint) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = public AS $$
  DELETE FROM courses_runentry WHERE run_id = its_run;
  INSERT INTO courses_runentry (run_id, provider_id, course, words, begins_at, ends_at, price, marks)
  SELECT r.id, r.provider_id, r.course, lower(concat_ws(' ', r.title, r.number, r.led_by, r.audience, p.name, p.short_name,
      (SELECT string_agg(DISTINCT concat_ws(' ', v.name, v.district), ' ') FROM courses_venue v
         JOIN courses_meeting m ON m.venue_id = v.id WHERE m.run_id = r.id AND m.cancelled_at IS NULL))),
    t.begins_at, t.ends_at, r.price, array_remove(ARRAY['mode:' || r.mode, 'kind:' || r.kind, 'language:' || r.language,
      'provider:' || p.slug, 'level:' || nullif(r.level, ''), CASE WHEN r.price = 0 THEN 'cost:free' END,
      CASE WHEN r.price BETWEEN 1 AND 2000 THEN 'cost:upto20' END, CASE WHEN r.reductions <> '[]' THEN 'cost:reduced' END,
      CASE WHEN r.interpreter THEN 'access:interpreter' END], NULL) || t.marks
  FROM courses_run r JOIN providers_provider p ON p.id = r.provider_id CROSS JOIN LATERAL (
    SELECT min(m.starts_at) AS begins_at, max(m.ends_at) AS ends_at,
      (SELECT array_agg(DISTINCT mark) FROM courses_meeting o, unnest(marks_of_meeting(o.starts_at, o.venue_id)) AS mark
        WHERE o.run_id = r.id AND o.cancelled_at IS NULL) AS marks
    FROM courses_meeting m WHERE m.run_id = r.id AND m.cancelled_at IS NULL) t
  WHERE r.id = its_run AND r.published_at IS NOT NULL AND r.cancelled_at IS NULL AND t.begins_at IS NOT NULL $$;

CREATE OR REPLACE FUNCTION enter_changed_run() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$ BEGIN
  PERFORM enter_run(NEW.id);
  RETURN NULL;
END $$;
-- Not of `taken` and `waiting`: every seat that is given would write the row anew.
CREATE OR REPLACE TRIGGER enter_run AFTER INSERT OR UPDATE OF title, number, led_by, audience, course, kind, mode, price, reductions,
    language, level, interpreter, published_at, cancelled_at ON courses_run
  FOR EACH ROW EXECUTE FUNCTION enter_changed_run();

CREATE OR REPLACE FUNCTION enter_run_of_meeting() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$ BEGIN
  PERFORM enter_run(coalesce(NEW.run_id, OLD.run_id));
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER enter_run AFTER INSERT OR DELETE OR UPDATE OF starts_at, ends_at, venue_id, cancelled_at ON courses_meeting
  FOR EACH ROW EXECUTE FUNCTION enter_run_of_meeting();

CREATE OR REPLACE FUNCTION enter_runs_at_venue() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$ BEGIN
  PERFORM enter_run(run_id) FROM (SELECT DISTINCT run_id FROM courses_meeting WHERE venue_id = NEW.id) x;
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER enter_runs AFTER UPDATE ON courses_venue FOR EACH ROW EXECUTE FUNCTION enter_runs_at_venue();

CREATE OR REPLACE FUNCTION enter_runs_of_provider() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$ BEGIN
  PERFORM enter_run(run_id) FROM courses_runentry WHERE provider_id = NEW.id;
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER enter_runs AFTER UPDATE OF slug, name, short_name ON providers_provider
  FOR EACH ROW EXECUTE FUNCTION enter_runs_of_provider();

-- What was planned before there were entries.
DO $$ BEGIN PERFORM enter_run(id) FROM courses_run; END $$;
