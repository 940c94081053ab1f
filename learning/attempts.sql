-- How often an activity may be tried is a rule of the course, and names nobody: anybody reads it. Its tutors and owners write it.
CALL wall('learning_attemptrule', 'true', 'provider_id = ANY((SELECT lens_tutored())::bigint[])',
  'provider_id = ANY((SELECT lens_tutored())::bigint[])', '(SELECT lens()) = ''system''');
