-- A person's calendar address: for themselves, and for whoever holds the link. Only the platform's own work writes.
CALL wall('learning_datefeed',
  'learner_id = (SELECT lens_learner()) OR key::text = (SELECT lens_token()) OR (SELECT lens()) = ''system''',
  '(SELECT lens()) = ''system''');
