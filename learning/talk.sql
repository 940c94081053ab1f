-- A question is its learner's and her tutors'; shown, it is for everybody who learns the course. Only the platform's own
-- work writes: whether somebody may is asked at the door, and a thread has two sides.
CALL wall('learning_question',
  'learner_id = (SELECT lens_learner()) OR provider_id = ANY((SELECT lens_tutored())::bigint[])
   OR (shown_at IS NOT NULL AND course = ANY(ARRAY(SELECT e.course FROM learning_enrolment e WHERE e.learner_id = (SELECT lens_learner()))))',
  '(SELECT lens()) = ''system''');
CALL wall('learning_questionentry',
  'provider_id = ANY((SELECT lens_tutored())::bigint[])
   OR (hidden_at IS NULL AND EXISTS (SELECT FROM learning_question q WHERE q.id = question_id))',
  '(SELECT lens()) = ''system''');
ALTER TABLE learning_question DROP CONSTRAINT IF EXISTS learning_question_whose;
ALTER TABLE learning_question ADD CONSTRAINT learning_question_whose
  FOREIGN KEY (enrolment_id, learner_id, provider_id) REFERENCES learning_enrolment (id, learner_id, provider_id)
  DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE learning_questionentry DROP CONSTRAINT IF EXISTS learning_questionentry_whose;
ALTER TABLE learning_questionentry ADD CONSTRAINT learning_questionentry_whose
  FOREIGN KEY (question_id, learner_id, provider_id) REFERENCES learning_question (id, learner_id, provider_id)
  DEFERRABLE INITIALLY DEFERRED;

-- Messages are for the members of a group, or for everybody who learns a course; and for who looks after them.
CALL wall('learning_message',
  'group_id = ANY((SELECT lens_joined())::bigint[]) OR group_id = ANY((SELECT lens_groups())::bigint[])
   OR (group_id IS NULL AND (provider_id = ANY((SELECT lens_tutored())::bigint[])
     OR course = ANY(ARRAY(SELECT e.course FROM learning_enrolment e WHERE e.learner_id = (SELECT lens_learner())))))
   OR (SELECT lens()) = ''system''',
  '(SELECT lens()) = ''system''');
ALTER TABLE learning_message DROP CONSTRAINT IF EXISTS learning_message_whose;
ALTER TABLE learning_message ADD CONSTRAINT learning_message_whose
  FOREIGN KEY (group_id, provider_id) REFERENCES learning_group (id, provider_id) DEFERRABLE INITIALLY DEFERRED;
