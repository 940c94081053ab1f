-- The runs that the acting person leads: as one of their leaders, as head of the house, or because nobody stands there yet.
-- It looks past the walls, as the role that owns the tables.
CREATE OR REPLACE FUNCTION lens_runs() RETURNS bigint[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public
  AS $$ SELECT coalesce(array_agg(r.id), '{}') FROM courses_run r
    WHERE r.provider_id = ANY(lens_tutored()) AND lens() = 'staff'
      AND (r.provider_id = ANY(lens_owned())
        OR EXISTS (SELECT FROM courses_runleader l WHERE l.run_id = r.id AND l.person_id = lens_actor())
        OR NOT EXISTS (SELECT FROM courses_runleader l WHERE l.run_id = r.id)) $$;

-- A booking is for the person it is of, by account or by the link in the mail, and for those who lead the run. Only the
-- platform's own work writes: seats are counted over all of them.
CALL wall('learning_booking',
  'learner_id = (SELECT lens_learner()) OR run_id = ANY((SELECT lens_runs())::bigint[]) OR key::text = (SELECT lens_token()) OR (SELECT lens()) = ''system''',
  '(SELECT lens()) = ''system''');
CALL wall('learning_bookingneed', 'EXISTS (SELECT FROM learning_booking b WHERE b.id = booking_id)', '(SELECT lens()) = ''system''');
CALL wall('learning_presence', 'EXISTS (SELECT FROM learning_booking b WHERE b.id = booking_id)', '(SELECT lens()) = ''system''');

-- Foreign key checks ignore walls, so whose a row is stands in the key.
DO $$ DECLARE k text[]; BEGIN FOREACH k SLICE 1 IN ARRAY ARRAY[
    ['learning_booking', 'run_id', 'courses_run'], ['learning_bookingneed', 'booking_id', 'learning_booking'],
    ['learning_presence', 'booking_id', 'learning_booking'], ['learning_presence', 'meeting_id', 'courses_meeting']] LOOP
  EXECUTE format('ALTER TABLE %s DROP CONSTRAINT IF EXISTS %I', k[1], k[1] || '_' || k[2] || '_whose');
  EXECUTE format('ALTER TABLE %s ADD CONSTRAINT %I FOREIGN KEY (%I, provider_id)
    REFERENCES %s (id, provider_id) DEFERRABLE INITIALLY DEFERRED', k[1], k[1] || '_' || k[2] || '_whose', k[2], k[3]);
END LOOP; END $$;
