-- A contract is for who concluded it (by account, by its link, or by the link of the booking) and for those who lead the run;
-- a withdrawal for the heads of the house and for who may see its contract. Only the platform's own work writes.
CALL wall('learning_contract',
  'learner_id = (SELECT lens_learner()) OR run_id = ANY((SELECT lens_runs())::bigint[]) OR key::text = (SELECT lens_token()) OR EXISTS (SELECT FROM learning_booking b WHERE b.id = booking_id) OR (SELECT lens()) = ''system''',
  '(SELECT lens()) = ''system''');
CALL wall('learning_withdrawal',
  'provider_id = ANY((SELECT lens_owned())::bigint[]) OR EXISTS (SELECT FROM learning_contract c WHERE c.id = contract_id) OR (SELECT lens()) = ''system''',
  '(SELECT lens()) = ''system''');

-- What was agreed stays as it was said. It may lose its booking and its account, and be withdrawn from, once.
CREATE OR REPLACE FUNCTION keep_contract() RETURNS trigger LANGUAGE plpgsql SET search_path = public AS $$ BEGIN
  IF NEW.booking_id IS NOT NULL AND NEW.booking_id IS DISTINCT FROM OLD.booking_id
    OR NEW.learner_id IS NOT NULL AND NEW.learner_id IS DISTINCT FROM OLD.learner_id
    OR OLD.withdrawn_at IS NOT NULL AND NEW.withdrawn_at IS DISTINCT FROM OLD.withdrawn_at
    OR to_jsonb(NEW) - '{booking_id,learner_id,withdrawn_at}'::text[]
      IS DISTINCT FROM to_jsonb(OLD) - '{booking_id,learner_id,withdrawn_at}'::text[]
  THEN RAISE EXCEPTION 'a contract stays as it was concluded' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER a_contract_stays BEFORE UPDATE ON learning_contract
  FOR EACH ROW EXECUTE FUNCTION keep_contract();

-- Foreign key checks ignore walls, so whose a row is stands in the key.
DO $$ DECLARE k text[]; BEGIN FOREACH k SLICE 1 IN ARRAY ARRAY[
    ['learning_contract', 'run_id', 'courses_run'], ['learning_contract', 'booking_id', 'learning_booking'],
    ['learning_withdrawal', 'contract_id', 'learning_contract']] LOOP
  EXECUTE format('ALTER TABLE %s DROP CONSTRAINT IF EXISTS %I', k[1], k[1] || '_' || k[2] || '_whose');
  EXECUTE format('ALTER TABLE %s ADD CONSTRAINT %I FOREIGN KEY (%I, provider_id)
    REFERENCES %s (id, provider_id) DEFERRABLE INITIALLY DEFERRED', k[1], k[1] || '_' || k[2] || '_whose', k[2], k[3]);
END LOOP; END $$;
