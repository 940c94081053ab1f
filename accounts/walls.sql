-- Who somebody is must be found out before any lens can know it: with no lens (the session's account), and through the
-- public lens (sign-in and sign-up by e-mail address). Behind the door everybody sees herself; the rooms above add
-- colleagues and learners for the desk. The office, and whoever holds a certificate's number, see nobody.
DO $$ DECLARE door text := 'coalesce((SELECT lens()), ''none'') IN (''none'', ''public'', ''visitor'', ''system'')'; BEGIN
  CALL wall('accounts_user', 'id = (SELECT lens_learner()) OR ' || door, door, 'id = (SELECT lens_learner()) OR ' || door,
    '(SELECT lens()) = ''system''');
  CALL wall('mfa_authenticator', 'user_id = (SELECT lens_learner()) OR ' || door, 'user_id = (SELECT lens_learner()) OR ' || door);

  -- Whether an address is taken must be answered to whoever adds it, so one's own lens is a door here as well.
  door := 'coalesce((SELECT lens()), ''none'') IN (''none'', ''public'', ''visitor'', ''system'', ''learner'')';
  CALL wall('account_emailaddress', door, door);
  CALL wall('account_emailconfirmation', door, door);
END $$;

-- Groups are derived from memberships: one sees those of the people one sees.
CALL wall('accounts_user_groups', 'EXISTS (SELECT 1 FROM accounts_user u WHERE u.id = user_id)', '(SELECT lens()) = ''system''');
CALL wall('accounts_user_user_permissions', 'EXISTS (SELECT 1 FROM accounts_user u WHERE u.id = user_id)',
  '(SELECT lens()) = ''system''');
CALL wall('auth_group', 'id = ANY(ARRAY(SELECT g.group_id FROM accounts_user_groups g)) OR (SELECT lens()) = ''system''',
  '(SELECT lens()) = ''system''');

-- The audit log: whoever acts adds under her own name, to her own provider (the office: to the city's); owners and
-- office admins read theirs; nobody changes or deletes.
CALL wall('accounts_auditevent', 'provider_id = ANY((SELECT lens_owned())::bigint[])',
  '(SELECT lens()) = ''system'' OR (actor_id = (SELECT lens_actor())
     AND (provider_id = ANY((SELECT lens_providers())::bigint[]) OR ((SELECT lens()) = ''office'' AND provider_id = 1)))',
  'false', 'false');
CALL append_only('accounts_auditevent');

-- A person's own log: whoever comes to the door leaves a line, which she alone reads and nobody changes.
CALL wall('accounts_securityevent', 'account_id = (SELECT lens_learner()) OR (SELECT lens()) = ''system''',
  'account_id IN ((SELECT lens_learner()), (SELECT lens_actor()))
     OR coalesce((SELECT lens()), ''none'') IN (''none'', ''public'', ''visitor'', ''system'')',
  'false', '(SELECT lens()) = ''system''');

-- How often a policy has stopped something: the platform's own work counts, reads and forgets.
CALL wall('accounts_blockedload', '(SELECT lens()) = ''system''', '(SELECT lens()) = ''system''');
