-- Pupils of a school: its tutors and heads see the accounts they answer for, also without an enrolment.
CALL window_in_wall('accounts_user', 'reads_as_school', 'school = ANY((SELECT lens_tutored())::bigint[])');
