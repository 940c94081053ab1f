-- Content types are program code that every browser is sent; the platform alone installs them, for the city office.
-- Activities are their provider's. Who plays a printed one is let in by `courses` and `learning`. A revision is never
-- changed; none is deleted but with its activity.
DO $$ DECLARE own text := 'owner_id = ANY((SELECT lens_providers())::bigint[])'; BEGIN
  CALL wall('h5p_lite_library', 'true', '(SELECT lens()) = ''system''');
  CALL wall('h5p_lite_libraryfile', 'true', '(SELECT lens()) = ''system''');
  CALL wall('h5p_lite_librarydependency', 'true', '(SELECT lens()) = ''system''');
  CALL wall('h5p_lite_content', own, own);
  CALL wall('h5p_lite_revision', own, own, 'false', own);
END $$;

-- The office plans moves to newer versions. Uploads are their provider's, and so is what one asks the office for.
DO $$ DECLARE own text := 'provider_id = ANY((SELECT lens_providers())::bigint[])'; BEGIN
  CALL wall('h5p_upgraderun', '(SELECT lens()) = ''system''', '(SELECT lens()) = ''system''');
  CALL wall('h5p_upload', own, own);
  CALL wall('h5p_libraryrequest', own, own, '(SELECT lens()) = ''system''', own);
END $$;
