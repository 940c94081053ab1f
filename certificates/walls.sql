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

-- How a head signs by hand: herself, the heads of her provider, and the platform, which sets the papers.
CALL wall('certificates_autograph',
  'head_id = (SELECT lens_learner()) OR provider_id = ANY((SELECT lens_owned())::bigint[]) OR (SELECT lens()) = ''system''',
  '(SELECT lens()) = ''system'' AND provider_id = ANY((SELECT lens_providers())::bigint[])');

-- What a certificate waits for: its learner, the provider's tutors and owners.
CALL wall('certificates_owed',
  'learner_id = (SELECT lens_learner()) OR provider_id = ANY((SELECT lens_tutored())::bigint[])',
  '(SELECT lens()) = ''system'' AND provider_id = ANY((SELECT lens_providers())::bigint[])');
ALTER TABLE certificates_owed DROP CONSTRAINT IF EXISTS certificates_owed_whose;
ALTER TABLE certificates_owed ADD CONSTRAINT certificates_owed_whose
  FOREIGN KEY (enrolment_id, learner_id, provider_id) REFERENCES learning_enrolment (id, learner_id, provider_id)
  DEFERRABLE INITIALLY DEFERRED;
-- Documents of issuers are for everybody, signed by the platform's own work.
CALL wall('certificates_issuerdocument', 'true', '(SELECT lens()) = ''system''');
-- A key to the programs' door is found by whoever has it.
CALL wall('certificates_checkkey', 'key_hash = (SELECT lens_token()) OR (SELECT lens()) = ''system''',
  '(SELECT lens()) = ''system''');
