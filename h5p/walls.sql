-- Libraries are program code that every browser is sent; the platform alone installs them, for the city office.
CALL wall('h5p_library', 'true', '(SELECT lens()) = ''system''');
CALL wall('h5p_libraryfile', 'true', '(SELECT lens()) = ''system''');
CALL wall('h5p_librarydependency', 'true', '(SELECT lens()) = ''system''');
CALL wall('h5p_upgraderun', '(SELECT lens()) = ''system''', '(SELECT lens()) = ''system''');

-- Activities are their provider's. Whoever plays a printed one is let in by `courses` and `learning`. A revision is
-- never changed; none is deleted but with its activity.
DO $$ DECLARE own text := 'provider_id = ANY((SELECT lens_providers())::bigint[])'; BEGIN
  CALL wall('h5p_content', own, own);
  CALL wall('h5p_revision', own, own, 'false', own);
  CALL wall('h5p_upload', own, own);
  CALL wall('h5p_request', own, own, '(SELECT lens()) = ''system''', own);
END $$;
