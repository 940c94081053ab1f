-- A learner's rows: her own, and those of their courses for tutors and owners of the provider (reading only).
CALL wall('learning_enrolment',
  'learner_id = (SELECT lens_learner()) OR provider_id = ANY((SELECT lens_tutored())::bigint[])',
  'learner_id = (SELECT lens_learner()) OR (provider_id = ANY((SELECT lens_tutored())::bigint[]) AND (SELECT lens()) = ''system'')');

-- Attempts and progress are added and never changed; only closing an account removes them. Where an item stands in the
-- course (its position) follows the edition its learner has moved to: the platform's own work.
DO $$ DECLARE t text; BEGIN FOREACH t IN ARRAY ARRAY['learning_attempt', 'learning_progress'] LOOP
  CALL wall(t::regclass,
    'learner_id = (SELECT lens_learner()) OR provider_id = ANY((SELECT lens_tutored())::bigint[])',
    'learner_id = (SELECT lens_learner()) OR (provider_id = ANY((SELECT lens_tutored())::bigint[]) AND (SELECT lens()) = ''system'')',
    CASE t WHEN 'learning_progress' THEN '(SELECT lens()) = ''system''' ELSE 'false' END, '(SELECT lens()) = ''system''');
  EXECUTE format('ALTER TABLE %s DROP CONSTRAINT IF EXISTS %I', t, t || '_whose');
  EXECUTE format('ALTER TABLE %s ADD CONSTRAINT %I FOREIGN KEY (enrolment_id, learner_id, provider_id)
    REFERENCES learning_enrolment (id, learner_id, provider_id) DEFERRABLE INITIALLY DEFERRED', t, t || '_whose');
END LOOP; END $$;

-- Whoever is enrolled reads her edition, and may have her answers graded.
CALL window_in_wall('courses_printedlesson', 'reads_as_enrolled',
  'edition_id = ANY(ARRAY(SELECT e.edition_id FROM learning_enrolment e WHERE e.learner_id = (SELECT lens_learner())))');
CALL window_in_wall('courses_answerkey', 'reads_as_enrolled',
  'edition_id = ANY(ARRAY(SELECT e.edition_id FROM learning_enrolment e WHERE e.learner_id = (SELECT lens_learner())))');

-- A tutor learns who somebody is only through an enrolment in a course of her own provider.
-- Asked for the person at hand: an array would list every learner of the city where the platform itself reads one.
CALL window_in_wall('accounts_user', 'reads_as_tutor', 'EXISTS (SELECT FROM learning_enrolment e
  WHERE e.learner_id = accounts_user.id AND e.provider_id = ANY((SELECT lens_tutored())::bigint[]))');

-- Who was at a meeting is written by tutors and owners of the provider, added and taken back, never changed. Its learner
-- reads it.
CALL wall('learning_attendance',
  'learner_id = (SELECT lens_learner()) OR provider_id = ANY((SELECT lens_tutored())::bigint[])',
  'provider_id = ANY((SELECT lens_tutored())::bigint[])', 'false',
  'provider_id = ANY((SELECT lens_tutored())::bigint[])');
ALTER TABLE learning_attendance DROP CONSTRAINT IF EXISTS learning_attendance_whose;
ALTER TABLE learning_attendance ADD CONSTRAINT learning_attendance_whose
  FOREIGN KEY (enrolment_id, learner_id, provider_id) REFERENCES learning_enrolment (id, learner_id, provider_id)
  DEFERRABLE INITIALLY DEFERRED;

-- Whether a course helped: said by whoever has completed it there, read by its tutors and owners, changed by nobody. It has
-- no learner to compare with, so the wall asks for her enrolment.
CALL wall('learning_coursefeedback',
  'provider_id = ANY((SELECT lens_tutored())::bigint[])',
  'EXISTS (SELECT FROM learning_enrolment e WHERE e.learner_id = (SELECT lens_learner()) AND e.completed_at IS NOT NULL
     AND e.course = learning_coursefeedback.course AND e.provider_id = learning_coursefeedback.provider_id)',
  'false', '(SELECT lens()) = ''system''');

-- What somebody saved in an activity is hers alone; tutors read results, which are attempts and statements.
DO $$ DECLARE t text; BEGIN
  CALL wall('learning_contentstate', 'learner_id = (SELECT lens_learner()) OR (SELECT lens()) = ''system''',
    'learner_id = (SELECT lens_learner())', 'learner_id = (SELECT lens_learner())',
    'learner_id = (SELECT lens_learner()) OR (SELECT lens()) = ''system''');
  CALL wall('learning_xapistatement',
    'learner_id = (SELECT lens_learner()) OR provider_id = ANY((SELECT lens_tutored())::bigint[])',
    'learner_id = (SELECT lens_learner())', 'false', '(SELECT lens()) = ''system''');
  FOREACH t IN ARRAY ARRAY['learning_contentstate', 'learning_xapistatement'] LOOP
    EXECUTE format('ALTER TABLE %s DROP CONSTRAINT IF EXISTS %I', t, t || '_whose');
    EXECUTE format('ALTER TABLE %s ADD CONSTRAINT %I FOREIGN KEY (enrolment_id, learner_id, provider_id)
      REFERENCES learning_enrolment (id, learner_id, provider_id) DEFERRABLE INITIALLY DEFERRED', t, t || '_whose');
  END LOOP;
  CALL window_in_wall('courses_printedactivity', 'reads_as_enrolled',
    'edition_id = ANY(ARRAY(SELECT e.edition_id FROM learning_enrolment e WHERE e.learner_id = (SELECT lens_learner())))');
END $$;
