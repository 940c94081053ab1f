-- What the lens binds, as functions. `(SELECT f())` in a policy becomes an InitPlan: read once per statement, not per row.
CREATE OR REPLACE FUNCTION lens() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('app.lens', true), '') $$;
CREATE OR REPLACE FUNCTION lens_learner() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('app.learner', true), '')::bigint $$;
CREATE OR REPLACE FUNCTION lens_providers() RETURNS bigint[] LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT string_to_array(nullif(current_setting('app.providers', true), ''), ',')::bigint[] $$;
CREATE OR REPLACE FUNCTION lens_readable() RETURNS bigint[] LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT string_to_array(nullif(current_setting('app.readable', true), ''), ',')::bigint[] $$;
CREATE OR REPLACE FUNCTION lens_tutored() RETURNS bigint[] LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT string_to_array(nullif(current_setting('app.tutored', true), ''), ',')::bigint[] $$;
CREATE OR REPLACE FUNCTION lens_owned() RETURNS bigint[] LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT string_to_array(nullif(current_setting('app.owned', true), ''), ',')::bigint[] $$;
CREATE OR REPLACE FUNCTION lens_actor() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('app.actor', true), '')::bigint $$;
CREATE OR REPLACE FUNCTION lens_token() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('app.token', true), '') $$;
CREATE OR REPLACE FUNCTION lens_grades() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('app.grades', true), '') $$;

-- One policy per command: a FOR ALL policy would be OR-ed into every SELECT and cost its own InitPlans.
CREATE OR REPLACE PROCEDURE wall(t regclass, reads text, adds text, changes text, removes text) LANGUAGE plpgsql AS $$
DECLARE p text; BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', t);
  FOR p IN SELECT polname FROM pg_policy WHERE polrelid = t AND polname IN ('reads', 'adds', 'changes', 'removes') LOOP
    EXECUTE format('DROP POLICY %I ON %s', p, t);
  END LOOP;
  EXECUTE format('CREATE POLICY reads ON %s FOR SELECT USING (%s)', t, reads);
  EXECUTE format('CREATE POLICY adds ON %s FOR INSERT WITH CHECK (%s)', t, adds);
  EXECUTE format('CREATE POLICY changes ON %s FOR UPDATE USING (%s) WITH CHECK (%s)', t, changes, changes);
  EXECUTE format('CREATE POLICY removes ON %s FOR DELETE USING (%s)', t, removes);
END $$;

CREATE OR REPLACE PROCEDURE wall(t regclass, reads text, writes text) LANGUAGE plpgsql AS $$ BEGIN
  CALL wall(t, reads, writes, writes, writes);
END $$;

-- A second reason to read, given by a room above (policies of one command are OR-ed).
CREATE OR REPLACE PROCEDURE window_in_wall(t regclass, name text, reads text) LANGUAGE plpgsql AS $$ BEGIN
  EXECUTE format('DROP POLICY IF EXISTS %I ON %s', name, t);
  EXECUTE format('CREATE POLICY %I ON %s FOR SELECT USING (%s)', name, t, reads);
END $$;

-- What is written once and stays: nobody but the tables' owner has the right to change or delete a row. The comment is
-- how whoever gives rights (config/embedded/roles.py) knows.
CREATE OR REPLACE PROCEDURE append_only(t regclass) LANGUAGE plpgsql AS $$ DECLARE g record; BEGIN
  EXECUTE format('COMMENT ON TABLE %s IS ''append-only''', t);
  FOR g IN SELECT DISTINCT a.grantee::regrole AS role FROM pg_class c, aclexplode(c.relacl) a
           WHERE c.oid = t AND a.grantee NOT IN (0, c.relowner) LOOP
    EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON %s FROM %s', t, g.role);
  END LOOP;
END $$;
