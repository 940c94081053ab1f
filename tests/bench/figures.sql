-- So many enrolments of three years, each with its completion in six of ten cases and its certificate in half of those; people come back.
TRUNCATE figures_countedevent, figures_protectedfigure, figures_publishedperiod, figures_openfigure, figures_releasedperiod, figures_seatsum;
INSERT INTO figures_countedevent (measure, month, competence, provider_id, mode, age, gender, language, district, who)
SELECT m.measure, (date_trunc('month', now()) - ((1 + n % 36) || ' months')::interval)::date,
  (1 + n % 5) || '.' || (1 + (n / 5) % 4), 2 + (n / 7) % 12, (ARRAY['online', 'onsite', 'blended'])[1 + (n / 3) % 3],
  (ARRAY['16-24', '25-34', '35-49', '50-64', '65-74', '75', ''])[1 + (n / 11) % 7], (ARRAY['w', 'm', 'd', ''])[1 + (n / 13) % 4],
  (ARRAY['de', 'tr', 'ar', 'ru', 'uk', 'ro', 'other', ''])[1 + (n / 17) % 8],
  (ARRAY['Böckingen', 'Innenstadt', 'Nordstadt', 'Oststadt', 'Sontheim', 'Horkheim', 'Biberach', 'Frankenbach', ''])[1 + (n / 19) % 9],
  abs(hashtextextended((n % (:enrolments / 3))::text, m.measure::bigint % 2))
FROM generate_series(1, :enrolments) n
CROSS JOIN LATERAL (SELECT 1 AS measure UNION ALL SELECT 2 WHERE n % 10 < 6 UNION ALL SELECT 3 WHERE n % 10 < 3) m;
ANALYZE figures_countedevent;
