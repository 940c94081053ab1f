-- Places and rooms are public: nothing in them is secret, and people who come must find them.
CALL wall('courses_venue', 'true', '(SELECT lens()) = ''system''');
CALL wall('courses_room', 'true', '(SELECT lens()) = ''system''');

-- A run is for everybody once it is published, and before that for those who plan: authors and tutors of its provider.
-- Only the platform's own work writes: seats are counted over all who booked.
DO $$ DECLARE own text := 'provider_id = ANY((SELECT lens_providers())::bigint[]) OR provider_id = ANY((SELECT lens_tutored())::bigint[])';
  ours text := '(SELECT lens()) = ''system''';
BEGIN
  CALL wall('courses_run', '(published_at IS NOT NULL AND (SELECT lens()) IS NOT NULL) OR ' || own, ours);
  CALL wall('courses_meeting', own || ' OR EXISTS (SELECT FROM courses_run r WHERE r.id = run_id)', ours);
  CALL wall('courses_runnews', own || ' OR EXISTS (SELECT FROM courses_run r WHERE r.id = run_id)', ours);
  CALL wall('courses_runlink', own, ours);
  CALL wall('courses_runleader', own, ours);
  CALL wall('courses_tally', own, ours);
  CALL wall('courses_planrules', own, ours);
END $$;

-- Foreign key checks ignore walls, so whose a row is stands in the key.
DO $$ DECLARE k text[]; BEGIN FOREACH k SLICE 1 IN ARRAY ARRAY[
    ['courses_room', 'venue_id', 'courses_venue'], ['courses_meeting', 'run_id', 'courses_run'],
    ['courses_meeting', 'venue_id', 'courses_venue'], ['courses_meeting', 'room_id', 'courses_room'],
    ['courses_runlink', 'run_id', 'courses_run'], ['courses_runleader', 'run_id', 'courses_run'],
    ['courses_runnews', 'run_id', 'courses_run'], ['courses_runnews', 'meeting_id', 'courses_meeting'],
    ['courses_tally', 'meeting_id', 'courses_meeting']] LOOP
  EXECUTE format('ALTER TABLE %s DROP CONSTRAINT IF EXISTS %I', k[1], k[1] || '_' || k[2] || '_whose');
  EXECUTE format('ALTER TABLE %s ADD CONSTRAINT %I FOREIGN KEY (%I, provider_id)
    REFERENCES %s (id, provider_id) DEFERRABLE INITIALLY DEFERRED', k[1], k[1] || '_' || k[2] || '_whose', k[2], k[3]);
END LOOP; END $$;
