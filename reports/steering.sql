-- What the office keeps for itself: views of its figures, and goals.
CALL wall('reports_savedview', '(SELECT lens()) IN (''office'', ''system'')', '(SELECT lens()) IN (''office'', ''system'')');
CALL wall('reports_goal', '(SELECT lens()) IN (''office'', ''system'')', '(SELECT lens()) IN (''office'', ''system'')',
  '(SELECT lens()) IN (''office'', ''system'')', 'false');

-- How many came to meetings nobody books: a number of the city or of a provider, never of one meeting.
CREATE OR REPLACE FUNCTION tallied(since timestamptz, until timestamptz, its_provider bigint) RETURNS int LANGUAGE sql STABLE
  SECURITY DEFINER SET search_path = public
  AS $$ SELECT coalesce(sum(t.count), 0)::int FROM courses_tally t JOIN courses_meeting m ON m.id = t.meeting_id
    WHERE lens() IN ('office', 'system') AND m.starts_at >= since AND m.starts_at < until
      AND (its_provider = 0 OR m.provider_id = its_provider) $$;
