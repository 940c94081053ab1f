-- Public halves of keys and status lists are for everybody; private halves only for the platform's own work.
CALL wall('certificates_issuerkey', 'true', '(SELECT lens()) = ''system''');
CALL wall('certificates_keymaterial', '(SELECT lens()) = ''system'' AND provider_id = ANY((SELECT lens_providers())::bigint[])',
  '(SELECT lens()) = ''system'' AND provider_id = ANY((SELECT lens_providers())::bigint[])');
CALL wall('certificates_statuslist', 'true', '(SELECT lens()) = ''system''');

-- A certificate: its holder, the provider's tutors and owners, and whoever holds its number.
CALL wall('certificates_certificate',
  'learner_id = (SELECT lens_learner()) OR provider_id = ANY((SELECT lens_tutored())::bigint[]) OR token_hash = (SELECT lens_token())',
  '(SELECT lens()) = ''system'' AND provider_id = ANY((SELECT lens_providers())::bigint[])');
CALL wall('certificates_recipient',
  'learner_id = (SELECT lens_learner()) OR provider_id = ANY((SELECT lens_tutored())::bigint[])
   OR certificate_id = ANY(ARRAY(SELECT c.id FROM certificates_certificate c WHERE c.token_hash = (SELECT lens_token())))',
  '(SELECT lens()) = ''system'' AND provider_id = ANY((SELECT lens_providers())::bigint[])');
