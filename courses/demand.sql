-- What is sought in vain is for all who might offer it: whoever works for a provider reads what many have sought, and who has begun.
CALL window_in_wall('courses_searchwish', 'desk', '(SELECT lens()) = ''staff'' AND concept_id IS NOT NULL AND times >= 10');
CALL wall('courses_offerbegun', '(SELECT lens()) IN (''staff'', ''office'', ''system'')',
  'provider_id = ANY((SELECT lens_providers())::bigint[])', 'false', 'provider_id = ANY((SELECT lens_providers())::bigint[])');
