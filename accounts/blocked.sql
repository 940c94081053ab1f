-- How often a policy has stopped something: the platform's own work counts, reads and forgets.
CALL wall('accounts_blockedload', '(SELECT lens()) = ''system''', '(SELECT lens()) = ''system''');
