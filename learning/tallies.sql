-- How many people learn in a course of a house, and how many have completed it, without reading its enrolments: whatever changes one of the two
-- adds a row, so that nobody waits for anybody, and at night one row stands for all of them. Where two enrolments of one person come in
-- the same moment, both may be counted until then.
CREATE OR REPLACE FUNCTION tally_came() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$ BEGIN
  INSERT INTO learning_coursetally (provider_id, course, learners, completed)
    SELECT provider_id, course, sum(one), sum(ended) FROM (
      SELECT c.provider_id, c.course,
        (NOT EXISTS (SELECT FROM learning_enrolment e WHERE (e.learner_id, e.course, e.provider_id) = (c.learner_id, c.course, c.provider_id)
          AND e.id <> ALL(c.ids)))::int AS one,
        (c.ended AND NOT EXISTS (SELECT FROM learning_enrolment e WHERE (e.learner_id, e.course, e.provider_id)
          = (c.learner_id, c.course, c.provider_id) AND e.completed_at IS NOT NULL AND e.id <> ALL(c.ids)))::int AS ended
      FROM (SELECT provider_id, course, learner_id, bool_or(completed_at IS NOT NULL) AS ended, array_agg(id) AS ids
        FROM came GROUP BY 1, 2, 3) c) AS each
    GROUP BY 1, 2 HAVING sum(one) <> 0 OR sum(ended) <> 0;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION tally_gone() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$ BEGIN
  INSERT INTO learning_coursetally (provider_id, course, learners, completed)
    SELECT provider_id, course, -sum(one), -sum(ended) FROM (
      SELECT g.provider_id, g.course,
        (NOT EXISTS (SELECT FROM learning_enrolment e
          WHERE (e.learner_id, e.course, e.provider_id) = (g.learner_id, g.course, g.provider_id)))::int AS one,
        (g.ended AND NOT EXISTS (SELECT FROM learning_enrolment e
          WHERE (e.learner_id, e.course, e.provider_id) = (g.learner_id, g.course, g.provider_id) AND e.completed_at IS NOT NULL))::int AS ended
      FROM (SELECT provider_id, course, learner_id, bool_or(completed_at IS NOT NULL) AS ended FROM gone GROUP BY 1, 2, 3) g) AS each
    GROUP BY 1, 2 HAVING sum(one) <> 0 OR sum(ended) <> 0;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION tally_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$ BEGIN
  INSERT INTO learning_coursetally (provider_id, course, learners, completed)
    SELECT provider_id, course, sum(sign * (NOT others)::int), sum(sign * (ended AND NOT others_ended)::int) FROM (
      SELECT s.provider_id, s.course, s.sign, s.ended, count(e.id) > 0 AS others, count(e.completed_at) > 0 AS others_ended
      FROM (VALUES (OLD.provider_id, OLD.course, OLD.learner_id, OLD.completed_at IS NOT NULL, -1),
          (NEW.provider_id, NEW.course, NEW.learner_id, NEW.completed_at IS NOT NULL, 1)) AS s (provider_id, course, learner_id, ended, sign)
        LEFT JOIN learning_enrolment e ON (e.learner_id, e.course, e.provider_id) = (s.learner_id, s.course, s.provider_id) AND e.id <> NEW.id
      GROUP BY 1, 2, 3, 4) AS sides
    GROUP BY 1, 2 HAVING sum(sign * (NOT others)::int) <> 0 OR sum(sign * (ended AND NOT others_ended)::int) <> 0;
  RETURN NULL;
END $$;

DROP TRIGGER IF EXISTS tally_came ON learning_enrolment;
CREATE TRIGGER tally_came AFTER INSERT ON learning_enrolment
  REFERENCING NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION tally_came();
DROP TRIGGER IF EXISTS tally_gone ON learning_enrolment;
CREATE TRIGGER tally_gone AFTER DELETE ON learning_enrolment
  REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION tally_gone();
-- By row and condition: an answer writes its enrolment as well, and changes nothing here.
DROP TRIGGER IF EXISTS tally_changed ON learning_enrolment;
CREATE TRIGGER tally_changed AFTER UPDATE ON learning_enrolment FOR EACH ROW
  WHEN ((OLD.learner_id, OLD.course, OLD.provider_id, OLD.completed_at IS NULL)
    IS DISTINCT FROM (NEW.learner_id, NEW.course, NEW.provider_id, NEW.completed_at IS NULL)) EXECUTE FUNCTION tally_changed();

-- In one statement, so of one moment: what commits meanwhile keeps its own row.
CREATE OR REPLACE FUNCTION tally_anew() RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = public AS $$
  WITH before AS (DELETE FROM learning_coursetally)
  INSERT INTO learning_coursetally (provider_id, course, learners, completed)
    SELECT provider_id, course, count(DISTINCT learner_id), count(DISTINCT learner_id) FILTER (WHERE completed_at IS NOT NULL)
    FROM learning_enrolment GROUP BY 1, 2 $$;

CALL wall('learning_coursetally', 'provider_id = ANY((SELECT lens_tutored())::bigint[])', 'false');
SELECT tally_anew();
