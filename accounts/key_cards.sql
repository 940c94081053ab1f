-- Key cards: helpers of the provider see whose they are, everybody her own. Making, opening and voiding is the platform's work.
CALL wall('accounts_keycard', 'account_id = (SELECT lens_learner()) OR provider_id = ANY((SELECT lens_tutored())::bigint[])
    OR (SELECT lens()) = ''system''',
  '(SELECT lens()) = ''system''');
