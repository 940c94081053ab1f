-- A pupil learns at her own school alone: nobody elsewhere sees her. Looks past the walls, as the role that owns the tables.
CREATE OR REPLACE FUNCTION a_pupil_learns_at_school() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public
  AS $$ BEGIN
    IF EXISTS (SELECT FROM accounts_user u WHERE u.id = NEW.learner_id AND u.school <> NEW.provider_id) THEN
      RAISE EXCEPTION 'a pupil learns at her own school alone' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
  END $$;
DROP TRIGGER IF EXISTS a_pupil_learns_at_school ON learning_enrolment;
CREATE TRIGGER a_pupil_learns_at_school BEFORE INSERT ON learning_enrolment
  FOR EACH ROW EXECUTE FUNCTION a_pupil_learns_at_school();
