-- Which programs there are, people read when they are asked. The platform keeps the list.
CALL wall('api_program', '(SELECT lens()) IN (''learner'', ''system'')', '(SELECT lens()) = ''system''');
-- What somebody lets a program read: theirs to see; written by the platform when they say so. Tokens are nobody's to read.
CALL wall('api_consent', 'learner_id = (SELECT lens_learner()) OR (SELECT lens()) = ''system''', '(SELECT lens()) = ''system''');
CALL wall('api_consenttoken', '(SELECT lens()) = ''system''', '(SELECT lens()) = ''system''');
