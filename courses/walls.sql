-- The desk's own tables of this room ask their page.
CALL wall_by_page('courses_homepage', 'basepage_ptr_id');
CALL wall_by_page('courses_catalogpage', 'basepage_ptr_id');
CALL wall_by_page('courses_coursepage', 'basepage_ptr_id');
CALL wall_by_page('courses_lessonpage', 'basepage_ptr_id');
CALL wall_by_page('courses_coursepage_competences', 'coursepage_id');

-- Public reading tables: any other read policy than `true` would switch the full-text and trigram indexes off,
-- because their operators are not leak-proof.
CALL wall('courses_card', 'true', 'provider_id = ANY((SELECT lens_providers())::bigint[])');
DO $$ BEGIN  -- Made after the first migration of these walls; triggers alone write them.
  IF to_regclass('courses_courseaddress') IS NULL THEN RETURN; END IF;
  CALL wall('courses_courseaddress', 'true', 'false');
  CALL wall('courses_lessonaddress', 'true', 'false');
END $$;
CALL wall('courses_word', 'true', '(SELECT lens_providers()) IS NOT NULL', 'false', '(SELECT lens()) = ''system''');
CALL wall('courses_competence', 'true', 'false');
CALL wall('courses_edition', 'true', 'provider_id = ANY((SELECT lens_providers())::bigint[])');

-- Open sheets are for everybody, all of them for the provider's desk; `learning` adds whoever is enrolled.
-- Printed is printed: nobody changes a sheet or an answer key.
CALL wall('courses_sheet', 'open OR provider_id = ANY((SELECT lens_providers())::bigint[])',
  'provider_id = ANY((SELECT lens_providers())::bigint[])', 'false', '(SELECT lens()) = ''system''');
CALL wall('courses_answerkey',
  'provider_id = ANY((SELECT lens_providers())::bigint[]) OR (open AND (SELECT lens_grades()) = ''open'')',
  'provider_id = ANY((SELECT lens_providers())::bigint[])', 'false', '(SELECT lens()) = ''system''');

-- Made after the first migration of these walls.
DO $$ DECLARE own text := 'provider_id = ANY((SELECT lens_providers())::bigint[])'; BEGIN
  IF to_regclass('courses_printing') IS NULL THEN RETURN; END IF;
  CALL wall('courses_printing', own, own, 'false', '(SELECT lens()) = ''system''');
  -- The head of the office reads what providers have handed over to her; nothing else of theirs.
  CALL wall('courses_review', own || ' OR (state = ''office'' AND 1 = ANY((SELECT lens_owned())::bigint[]))', own);
  CALL wall_by_page('courses_lessoncompetence', 'lesson_id');
  CALL wall('courses_learningoutcome', 'true', '(SELECT lens()) = ''system''');
  CALL wall('courses_credit',
    'EXISTS (SELECT 1 FROM wagtailimages_image i WHERE i.id = image_id) OR EXISTS (SELECT 1 FROM wagtaildocs_document d WHERE d.id = document_id)',
    'EXISTS (SELECT 1 FROM wagtailimages_image i WHERE i.id = image_id) OR EXISTS (SELECT 1 FROM wagtaildocs_document d WHERE d.id = document_id)');
END $$;

-- A printed activity is read like its sheet. Whoever reads it may play it, so it opens its revision as well.
DO $$ BEGIN
  IF to_regclass('courses_activity') IS NULL THEN RETURN; END IF;
  CALL wall('courses_activity', 'open OR provider_id = ANY((SELECT lens_providers())::bigint[])',
    'provider_id = ANY((SELECT lens_providers())::bigint[])', 'false', '(SELECT lens()) = ''system''');
  -- Looked up for the row at hand: an array would list every activity of the city for one page.
  CALL window_in_wall('h5p_lite_revision', 'reads_as_printed',
    'EXISTS (SELECT FROM courses_activity a WHERE a.revision_id = h5p_lite_revision.id)');
END $$;

-- What was deleted at the desk is its provider's alone.
DO $$ DECLARE own text := 'provider_id = ANY((SELECT lens_providers())::bigint[])'; BEGIN
  IF to_regclass('courses_deletedpage') IS NULL THEN RETURN; END IF;
  CALL wall('courses_deletedpage', own, own);
END $$;
