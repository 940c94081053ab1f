-- A key of a program: the heads of its house read about it, the platform looks it up, makes and ends it.
CALL wall('api_programkey', 'provider_id = ANY((SELECT lens_owned())::bigint[]) OR (SELECT lens()) = ''system''',
  '(SELECT lens()) = ''system''');
