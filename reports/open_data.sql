-- Open data is for everybody; the nightly work writes it, and nobody changes what was out. Old days are thinned out by the nightly work.
CALL wall('reports_datasetversion', 'true', '(SELECT lens()) = ''system''', 'false', '(SELECT lens()) = ''system''');
CALL wall('reports_datasetcorrection', 'true', '(SELECT lens()) IN (''office'', ''system'')', 'false', 'false');
CALL append_only('reports_datasetcorrection');
