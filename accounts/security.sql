-- A person's own log: whoever comes to the door leaves a line, which she alone reads and nobody changes.
CALL wall('accounts_securityevent', 'account_id = (SELECT lens_learner()) OR (SELECT lens()) = ''system''',
  'account_id IN ((SELECT lens_learner()), (SELECT lens_actor()))
     OR coalesce((SELECT lens()), ''none'') IN (''none'', ''public'', ''visitor'', ''system'')',
  'false', '(SELECT lens()) = ''system''');
