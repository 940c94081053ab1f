-- The groups that whoever acts looks after: as one of their tutors, or because she leads the house. It looks past the walls,
-- as the role that owns the tables, so that walls of groups and of their members can ask it.
CREATE OR REPLACE FUNCTION lens_groups() RETURNS bigint[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public
  AS $$ SELECT coalesce(array_agg(g.id), '{}') FROM learning_group g
    WHERE g.provider_id = ANY(lens_tutored()) AND lens() = 'staff'
      AND (g.provider_id = ANY(lens_owned())
        OR EXISTS (SELECT FROM learning_grouptutor t WHERE t.group_id = g.id AND t.person_id = lens_actor())) $$;
-- The groups somebody is in.
CREATE OR REPLACE FUNCTION lens_joined() RETURNS bigint[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public
  AS $$ SELECT coalesce(array_agg(m.group_id), '{}') FROM learning_groupmember m WHERE m.learner_id = lens_learner() $$;

-- Tutors see their own groups and who is in them, learners the groups they are in and of the members only themselves. Only
-- the platform's own work writes: seats are counted over all members.
CALL wall('learning_group',
  'id = ANY((SELECT lens_groups())::bigint[]) OR id = ANY((SELECT lens_joined())::bigint[]) OR (SELECT lens()) = ''system''',
  '(SELECT lens()) = ''system''');
CALL wall('learning_grouptutor',
  'group_id = ANY((SELECT lens_groups())::bigint[]) OR group_id = ANY((SELECT lens_joined())::bigint[]) OR (SELECT lens()) = ''system''',
  '(SELECT lens()) = ''system''');
CALL wall('learning_groupmember',
  'learner_id = (SELECT lens_learner()) OR group_id = ANY((SELECT lens_groups())::bigint[]) OR (SELECT lens()) = ''system''',
  '(SELECT lens()) = ''system''');
CALL wall('learning_tutoract',
  'learner_id = (SELECT lens_learner()) OR provider_id = ANY((SELECT lens_tutored())::bigint[])',
  '(SELECT lens()) = ''system''', 'false', '(SELECT lens()) = ''system''');

-- Foreign key checks ignore walls, so whose a row is stands in the key.
DO $$ DECLARE t text; BEGIN FOREACH t IN ARRAY ARRAY['learning_grouptutor', 'learning_groupmember'] LOOP
  EXECUTE format('ALTER TABLE %s DROP CONSTRAINT IF EXISTS %I', t, t || '_whose');
  EXECUTE format('ALTER TABLE %s ADD CONSTRAINT %I FOREIGN KEY (group_id, provider_id)
    REFERENCES learning_group (id, provider_id) DEFERRABLE INITIALLY DEFERRED', t, t || '_whose');
END LOOP; END $$;
ALTER TABLE learning_tutoract DROP CONSTRAINT IF EXISTS learning_tutoract_whose;
ALTER TABLE learning_tutoract ADD CONSTRAINT learning_tutoract_whose
  FOREIGN KEY (enrolment_id, learner_id, provider_id) REFERENCES learning_enrolment (id, learner_id, provider_id)
  DEFERRABLE INITIALLY DEFERRED;

-- A tutor reads the steps of her own house, also those that need an enrolment: she helps with them.
CALL window_in_wall('courses_printedlesson', 'reads_as_tutor', 'provider_id = ANY((SELECT lens_tutored())::bigint[])');
