-- Anybody may report a barrier, only the city reads reports.
CALL wall('accessibility_barrierreport', 'provider_id = ANY((SELECT lens_providers())::bigint[])',
  '(SELECT lens()) IS NOT NULL', 'provider_id = ANY((SELECT lens_providers())::bigint[])',
  'provider_id = ANY((SELECT lens_providers())::bigint[])');
CALL wall('accessibility_accessibilitystatement', 'true', 'provider_id = ANY((SELECT lens_providers())::bigint[])');

CALL wall('accessibility_preferences', 'learner_id = (SELECT lens_learner()) OR (SELECT lens()) = ''system''',
  'learner_id = (SELECT lens_learner()) OR (SELECT lens()) = ''system''');
CALL wall('accessibility_exemption', 'true', 'provider_id = ANY((SELECT lens_providers())::bigint[])');
CALL wall_by_draft('accessibility_inspection', 'page_id');
