-- What the office recommends and announces is for everybody; it alone writes. A wish that was handed on is between the office and the house.
CALL wall('courses_featuredcourse', 'true', '(SELECT lens()) IN (''office'', ''system'')');
CALL wall('courses_cityevent', 'true', '(SELECT lens()) IN (''office'', ''system'')');
CALL wall('courses_handedwish', '(SELECT lens()) IN (''office'', ''system'') OR provider_id = ANY((SELECT lens_providers())::bigint[])',
  '(SELECT lens()) IN (''office'', ''system'')');
