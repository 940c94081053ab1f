-- Whatever tells somebody something may add; only the platform's own work reads, sends and deletes.
CALL wall('outbox_outgoingmail', '(SELECT lens()) = ''system''', '(SELECT lens()) IS NOT NULL',
  '(SELECT lens()) = ''system''', '(SELECT lens()) = ''system''');
