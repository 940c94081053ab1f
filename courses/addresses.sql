-- The press keeps addresses without being asked: a card has one, a printed lesson has one, and what was in print once is
-- never given to anything else. Whoever comes too late fails here; the desk's forms say so before (`address_is_free`).
CREATE OR REPLACE FUNCTION keep_course_address(its_path text, its_course uuid, its_provider bigint) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$ BEGIN
  UPDATE courses_courseaddress SET present = false WHERE course = its_course AND present AND path <> its_path;
  INSERT INTO courses_courseaddress AS a (path, course, provider_id, present, taken_at, since)
    VALUES (its_path, its_course, its_provider, true, statement_timestamp(), statement_timestamp())
    ON CONFLICT (path) DO UPDATE SET present = true, since = CASE WHEN a.present THEN a.since ELSE statement_timestamp() END
      WHERE a.course = its_course;
  IF NOT FOUND THEN
    RAISE unique_violation USING MESSAGE = format('The address %s was given to another course before.', its_path);
  END IF;
END $$;
REVOKE EXECUTE ON FUNCTION keep_course_address(text, uuid, bigint) FROM PUBLIC;

CREATE OR REPLACE FUNCTION keep_address_of_entry() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = public AS $$ BEGIN
  PERFORM keep_course_address(NEW.address, NEW.course, NEW.provider_id);
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER keep_address AFTER INSERT OR UPDATE OF address ON courses_catalogueentry
  FOR EACH ROW EXECUTE FUNCTION keep_address_of_entry();

CREATE OR REPLACE FUNCTION keep_addresses_of_lessons() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = public AS $$ DECLARE taken text; BEGIN
  UPDATE courses_lessonaddress a SET present = false FROM printed s JOIN courses_edition e ON e.id = s.edition_id
    WHERE s.language = 'de' AND a.course = e.course AND a.lesson = s.lesson AND a.present AND a.slug <> s.slug;
  INSERT INTO courses_lessonaddress AS a (slug, lesson, course, provider_id, present, taken_at, since)
    SELECT s.slug, s.lesson, e.course, s.provider_id, true, statement_timestamp(), statement_timestamp()
    FROM printed s JOIN courses_edition e ON e.id = s.edition_id WHERE s.language = 'de' AND s.lesson IS NOT NULL
    ON CONFLICT (course, slug) DO UPDATE SET present = true,
      since = CASE WHEN a.present THEN a.since ELSE statement_timestamp() END WHERE a.lesson = EXCLUDED.lesson;
  SELECT s.slug INTO taken FROM printed s JOIN courses_edition e ON e.id = s.edition_id
    JOIN courses_lessonaddress a ON a.course = e.course AND a.slug = s.slug AND a.lesson <> s.lesson LIMIT 1;
  IF taken IS NOT NULL THEN
    RAISE unique_violation USING MESSAGE = format('The address %s was given to another lesson before.', taken);
  END IF;
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER keep_addresses AFTER INSERT ON courses_printedlesson REFERENCING NEW TABLE AS printed
  FOR EACH STATEMENT EXECUTE FUNCTION keep_addresses_of_lessons();

-- A provider that moves takes all its courses along, those that left the catalogue as well.
CREATE OR REPLACE FUNCTION keep_addresses_of_provider() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = public AS $$ BEGIN
  PERFORM keep_course_address(NEW.slug || substr(path, strpos(path, '/')), course, NEW.id)
    FROM courses_courseaddress WHERE provider_id = NEW.id AND present;
  UPDATE courses_catalogueentry SET address = NEW.slug || substr(address, strpos(address, '/')), provider_slug = NEW.slug,
      html = replace(html::text, '/kurse/' || OLD.slug || '/', '/kurse/' || NEW.slug || '/')::jsonb
    WHERE provider_id = NEW.id;
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER take_courses_along AFTER UPDATE OF slug ON providers_provider
  FOR EACH ROW WHEN (OLD.slug <> NEW.slug) EXECUTE FUNCTION keep_addresses_of_provider();
