-- Where programs are told of what happens: the heads of the house read about it, the platform writes and delivers.
CALL wall('api_webhook', 'provider_id = ANY((SELECT lens_owned())::bigint[]) OR (SELECT lens()) = ''system''',
  '(SELECT lens()) = ''system''');
CALL wall('api_webhookdelivery', 'provider_id = ANY((SELECT lens_owned())::bigint[]) OR (SELECT lens()) = ''system''',
  '(SELECT lens()) = ''system''');

-- A message is written with what it is about, in its transaction: neither is there without the other. It names no person.
CREATE OR REPLACE FUNCTION tell_programs(its_provider bigint, its_kind text, its_data jsonb) RETURNS void LANGUAGE sql
  SECURITY DEFINER SET search_path = public
  AS $$ INSERT INTO api_webhookdelivery (webhook_id, provider_id, event, kind, data, happened_at, due_at, tries, fault)
    SELECT w.id, w.provider_id, gen_random_uuid(), its_kind, its_data, now(), now(), 0, '' FROM api_webhook w
    WHERE w.provider_id = its_provider AND its_kind = ANY(w.events) AND w.resting_since IS NULL $$;

CREATE OR REPLACE FUNCTION tell_of_booking() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public
  AS $$ BEGIN
    IF TG_OP = 'INSERT' OR OLD.state <> NEW.state THEN
      PERFORM tell_programs(NEW.provider_id, 'booking.' || NEW.state,
        jsonb_build_object('booking', NEW.key, 'run', (SELECT key FROM courses_run WHERE id = NEW.run_id)));
    END IF;
    RETURN NULL;
  END $$;
CREATE OR REPLACE TRIGGER tell_programs AFTER INSERT OR UPDATE OF state ON learning_booking
  FOR EACH ROW WHEN (NEW.state IN ('booked', 'cancelled')) EXECUTE FUNCTION tell_of_booking();

CREATE OR REPLACE FUNCTION tell_of_completion() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public
  AS $$ BEGIN
    PERFORM tell_programs(NEW.provider_id, 'course.completed', jsonb_build_object('course', NEW.course));
    RETURN NULL;
  END $$;
CREATE OR REPLACE TRIGGER tell_programs AFTER UPDATE OF completed_at ON learning_enrolment
  FOR EACH ROW WHEN (OLD.completed_at IS NULL AND NEW.completed_at IS NOT NULL) EXECUTE FUNCTION tell_of_completion();

CREATE OR REPLACE FUNCTION tell_of_certificate() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public
  AS $$ BEGIN
    PERFORM tell_programs(NEW.provider_id, 'certificate.issued', jsonb_build_object('kind', NEW.kind,
      'course', (SELECT course FROM learning_enrolment WHERE id = NEW.enrolment_id)));
    RETURN NULL;
  END $$;
CREATE OR REPLACE TRIGGER tell_programs AFTER INSERT ON certificates_certificate
  FOR EACH ROW EXECUTE FUNCTION tell_of_certificate();
