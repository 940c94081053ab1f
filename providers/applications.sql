-- Who may found providers (`providers.permissions`, Right.PROVIDERS) and sits at the office's desk. Clerks read figures.
CREATE OR REPLACE FUNCTION lens_founds() RETURNS boolean LANGUAGE sql STABLE
  AS $$ SELECT lens() = 'office' AND EXISTS (SELECT FROM providers_membership m
    WHERE m.person_id = lens_actor() AND m.provider_id = 1 AND m.role IN ('admin', 'operator')) $$;

-- A mailed link opens itself, so that it can say that it has run out; a good one opens its application. Only the
-- platform's own work writes.
CALL wall('providers_applicationlink', 'token_hash = (SELECT lens_token()) OR (SELECT lens()) = ''system''',
  '(SELECT lens()) = ''system''');
DO $$ DECLARE reads text := '%s = (SELECT l.application_id FROM providers_applicationlink l
    WHERE l.token_hash = (SELECT lens_token()) AND l.expires_at > now()) OR (SELECT lens_founds()) OR (SELECT lens()) = ''system''';
BEGIN
  CALL wall('providers_application', format(reads, 'id'), '(SELECT lens()) = ''system''');
  CALL wall('providers_applicationentry', format(reads, 'application_id'), '(SELECT lens()) = ''system''');
END $$;

-- What the city looks for is public; anyone who founds providers keeps the list.
CALL wall('providers_soughtoffer', 'true', '(SELECT lens_founds()) OR (SELECT lens()) = ''system''');
