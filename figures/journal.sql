-- The journal's rows are added by everybody and read by the nightly work alone. Slips are behind functions that run with the
-- owner's right and ask for a number nobody can guess: no lens can look for one, not even the one that may write it.
CALL wall('figures_countedevent', '(SELECT lens()) = ''system''', '(SELECT lens()) IN (''learner'', ''staff'', ''system'')',
  'false', '(SELECT lens()) = ''system''');
CALL wall('figures_voluntaryanswers', '(SELECT lens()) = ''system''', 'false', 'false', '(SELECT lens()) = ''system''');
-- What is published for the office is read under its lens, and what is released by everybody. Nobody changes a figure.
CALL wall('figures_publishedperiod', '(SELECT lens()) IN (''office'', ''system'')', '(SELECT lens()) = ''system''', 'false', 'false');
CALL append_only('figures_publishedperiod');
CALL wall('figures_protectedfigure', '(SELECT lens()) IN (''office'', ''system'')', '(SELECT lens()) = ''system''', 'false', 'false');
CALL append_only('figures_protectedfigure');
CALL wall('figures_releasedperiod', 'true', '(SELECT lens()) = ''system''', 'false', 'false');
CALL append_only('figures_releasedperiod');
CALL wall('figures_openfigure', 'true', '(SELECT lens()) = ''system''', 'false', 'false');
CALL append_only('figures_openfigure');

CREATE OR REPLACE FUNCTION answers_on(slips uuid[]) RETURNS TABLE (age text, gender text, language text, district text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public
  AS $$ SELECT age, gender, language, district FROM figures_voluntaryanswers WHERE id = ANY(slips) ORDER BY year DESC LIMIT 1 $$;

CREATE OR REPLACE FUNCTION keep_answers_on(slip uuid, of_year int, its_age text, its_gender text, its_language text, its_district text)
  RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = public
  AS $$ INSERT INTO figures_voluntaryanswers (id, year, age, gender, language, district)
    VALUES (slip, of_year, its_age, its_gender, its_language, its_district)
    ON CONFLICT (id) DO UPDATE SET age = its_age, gender = its_gender, language = its_language, district = its_district $$;

CREATE OR REPLACE FUNCTION take_answers_back(slips uuid[]) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = public
  AS $$ DELETE FROM figures_voluntaryanswers WHERE id = ANY(slips) $$;

CREATE OR REPLACE FUNCTION carry_answers_over(old uuid, new uuid, to_year int) RETURNS void LANGUAGE sql SECURITY DEFINER
  SET search_path = public
  AS $$ UPDATE figures_voluntaryanswers SET id = new, year = to_year WHERE id = old $$;

-- What somebody says later, or takes back, counts for what is not published yet. `numbers` are theirs of the year, which only its
-- secret can tell.
CREATE OR REPLACE FUNCTION answer_events(numbers bigint[], its_competence text, its_provider bigint, its_age text, its_gender text,
    its_language text, its_district text) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = public
  AS $$ UPDATE figures_countedevent SET age = its_age, gender = its_gender, language = its_language, district = its_district
    WHERE who = ANY(numbers) AND competence = its_competence AND provider_id = its_provider
      AND month > coalesce((SELECT max(starts) FROM figures_publishedperiod WHERE frame = 1), '-infinity') $$;
