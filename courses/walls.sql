-- The desk's own tables of this room ask their page.
CALL wall_by_page('courses_homepage', 'basepage_ptr_id');
CALL wall_by_page('courses_courseindexpage', 'basepage_ptr_id');
CALL wall_by_page('courses_coursepage', 'basepage_ptr_id');
CALL wall_by_page('courses_lessonpage', 'basepage_ptr_id');
CALL wall_by_page('courses_coursepage_competences', 'coursepage_id');

-- Public reading tables: any other read policy than `true` would switch the full-text and trigram indexes off,
-- because their operators are not leak-proof.
CALL wall('courses_catalogueentry', 'true', 'provider_id = ANY((SELECT lens_providers())::bigint[])');
CALL wall('courses_courseaddress', 'true', 'false');  -- triggers alone write addresses
CALL wall('courses_lessonaddress', 'true', 'false');
CALL wall('courses_searchterm', 'true', '(SELECT lens_providers()) IS NOT NULL', 'false', '(SELECT lens()) = ''system''');
CALL wall('courses_competence', 'true', 'false');
CALL wall('courses_edition', 'true', 'provider_id = ANY((SELECT lens_providers())::bigint[])');

-- Open sheets are for everybody, all of them for the provider's desk; `learning` adds whoever is enrolled.
-- Printed is printed: nobody changes a sheet or an answer key.
CALL wall('courses_printedlesson', 'open OR provider_id = ANY((SELECT lens_providers())::bigint[])',
  'provider_id = ANY((SELECT lens_providers())::bigint[])', 'false', '(SELECT lens()) = ''system''');
CALL wall('courses_answerkey',
  'provider_id = ANY((SELECT lens_providers())::bigint[]) OR (open AND (SELECT lens_grades()) = ''open'')',
  'provider_id = ANY((SELECT lens_providers())::bigint[])', 'false', '(SELECT lens()) = ''system''');

DO $$ DECLARE own text := 'provider_id = ANY((SELECT lens_providers())::bigint[])'; BEGIN
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
CALL wall('courses_printedactivity', 'open OR provider_id = ANY((SELECT lens_providers())::bigint[])',
  'provider_id = ANY((SELECT lens_providers())::bigint[])', 'false', '(SELECT lens()) = ''system''');
-- Looked up for the row at hand: an array would list every activity of the city for one page.
CALL window_in_wall('h5p_lite_revision', 'reads_as_printed',
  'EXISTS (SELECT FROM courses_printedactivity a WHERE a.revision_id = h5p_lite_revision.id)');

-- What was deleted at the desk is its provider's alone.
DO $$ DECLARE own text := 'provider_id = ANY((SELECT lens_providers())::bigint[])'; BEGIN
  CALL wall('courses_deletedpage', own, own);
END $$;
