-- Anybody may report a barrier, only the city reads reports.
CALL wall('accessibility_barrierreport', 'provider_id = ANY((SELECT lens_providers())::bigint[])',
  '(SELECT lens()) IS NOT NULL', 'provider_id = ANY((SELECT lens_providers())::bigint[])',
  'provider_id = ANY((SELECT lens_providers())::bigint[])');
CALL wall('accessibility_statement', 'true', 'provider_id = ANY((SELECT lens_providers())::bigint[])');

DO $$ BEGIN IF to_regclass('accessibility_preferences') IS NOT NULL THEN
  CALL wall('accessibility_preferences', 'learner_id = (SELECT lens_learner()) OR (SELECT lens()) = ''system''',
    'learner_id = (SELECT lens_learner()) OR (SELECT lens()) = ''system''');
END IF; END $$;

DO $$ BEGIN IF to_regclass('accessibility_exemption') IS NOT NULL THEN  -- made after the first migration of these walls
  CALL wall('accessibility_exemption', 'true', 'provider_id = ANY((SELECT lens_providers())::bigint[])');
END IF; END $$;

DO $$ BEGIN IF to_regclass('accessibility_inspection') IS NOT NULL THEN
  CALL wall_by_draft('accessibility_inspection', 'page_id');
END IF; END $$;
