-- What somebody has searched for says what they care about: theirs alone. The platform itself looks for what is new.
CALL wall('learning_savedsearch', 'learner_id = (SELECT lens_learner()) OR (SELECT lens()) = ''system''',
  'learner_id = (SELECT lens_learner())', 'learner_id = (SELECT lens_learner()) OR (SELECT lens()) = ''system''',
  'learner_id = (SELECT lens_learner()) OR (SELECT lens()) = ''system''');
