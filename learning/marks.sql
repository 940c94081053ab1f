-- What a tutor says of somebody's answer is read by that person and by the tutors and owners of the provider; they write it
-- and may write it anew.
CALL wall('learning_answermark',
  'learner_id = (SELECT lens_learner()) OR provider_id = ANY((SELECT lens_tutored())::bigint[]) OR (SELECT lens()) = ''system''',
  'provider_id = ANY((SELECT lens_tutored())::bigint[]) OR (SELECT lens()) = ''system''',
  'provider_id = ANY((SELECT lens_tutored())::bigint[]) OR (SELECT lens()) = ''system''',
  '(SELECT lens()) = ''system''');
ALTER TABLE learning_answermark DROP CONSTRAINT IF EXISTS learning_answermark_whose;
ALTER TABLE learning_answermark ADD CONSTRAINT learning_answermark_whose
  FOREIGN KEY (enrolment_id, learner_id, provider_id) REFERENCES learning_enrolment (id, learner_id, provider_id)
  DEFERRABLE INITIALLY DEFERRED;
