-- Raw groups are for the nightly refresh alone; what it publishes is for everybody. The office has no other source.
CALL wall('reports_participation', '(SELECT lens()) = ''system'' AND provider_id = ANY((SELECT lens_providers())::bigint[])',
  '(SELECT lens()) = ''system'' AND provider_id = ANY((SELECT lens_providers())::bigint[])');
CALL wall('reports_dataset', 'true', '(SELECT lens()) = ''system''');
