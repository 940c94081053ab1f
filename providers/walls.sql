-- Providers are public; who works where is for the person and the provider.
CALL wall('providers_provider', 'true', '(SELECT lens()) = ''system''',
  'id = ANY((SELECT lens_providers())::bigint[])', '(SELECT lens()) = ''system''');
CALL wall('providers_membership',
  'person_id = (SELECT lens_learner()) OR person_id = (SELECT lens_actor()) OR provider_id = ANY((SELECT lens_providers())::bigint[])',
  '(SELECT lens()) = ''system''');

-- Addresses are public, also former ones; a trigger keeps them (`addresses.sql`), nobody else writes.
CALL wall('providers_provideraddress', 'true', 'false');

-- Logos are public, also former ones: they stand on papers. Placed by the platform's work for a head.
CALL wall('providers_logo', 'true', '(SELECT lens()) = ''system'' AND provider_id = ANY((SELECT lens_providers())::bigint[])');

-- Invitations are for owners; who answers one is nobody here yet.
DO $$ DECLARE led text := 'provider_id = ANY((SELECT lens_owned())::bigint[]) OR (SELECT lens()) = ''system'''; BEGIN
  CALL wall('providers_invitation', led, led);
END $$;

-- The desk. Pages carry their provider; everything that hangs on a page asks the page.
CALL wall('providers_basepage', 'provider_id = ANY((SELECT lens_readable())::bigint[])',
  'provider_id = ANY((SELECT lens_providers())::bigint[])');

CREATE OR REPLACE PROCEDURE wall_by_page(t regclass, page text) LANGUAGE plpgsql AS $$ BEGIN
  CALL wall(t,
    format('EXISTS (SELECT 1 FROM providers_basepage p WHERE p.id = %s)', page),
    format('EXISTS (SELECT 1 FROM providers_basepage p WHERE p.id = %s AND p.provider_id = ANY((SELECT lens_providers())::bigint[]))', page));
END $$;

-- Drafts are for the provider alone, so reading asks for the right to write. Only pages have revisions.
CREATE OR REPLACE PROCEDURE wall_by_draft(t regclass, page text) LANGUAGE plpgsql AS $$ BEGIN
  CALL wall(t,
    format('EXISTS (SELECT 1 FROM providers_basepage p WHERE p.id = %s AND p.provider_id = ANY((SELECT lens_providers())::bigint[]))', page),
    format('EXISTS (SELECT 1 FROM providers_basepage p WHERE p.id = %s AND p.provider_id = ANY((SELECT lens_providers())::bigint[]))', page));
END $$;

CREATE OR REPLACE FUNCTION stands_for(content_type integer, app text, name text) RETURNS boolean LANGUAGE sql STABLE
  AS $$ SELECT EXISTS (SELECT 1 FROM django_content_type c WHERE c.id = content_type AND c.app_label = app AND c.model = name) $$;

-- Things that hang on a person of the desk: for her and her colleagues. A closed account takes them along.
CREATE OR REPLACE PROCEDURE wall_by_colleague(t regclass, person text) LANGUAGE plpgsql AS $$
DECLARE mine text := format('EXISTS (SELECT 1 FROM providers_membership m WHERE m.person_id = %s) OR (SELECT lens()) = ''system''', person);
BEGIN CALL wall(t, mine, mine); END $$;

-- Colleagues; and whoever has said something beside one's own pages, also when she works there no more.
CALL window_in_wall('accounts_user', 'reads_as_colleague', 'id = ANY(ARRAY(SELECT m.person_id FROM providers_membership m))');
CALL window_in_wall('accounts_user', 'reads_as_discussant', 'id = ANY(ARRAY(SELECT c.user_id FROM wagtailcore_comment c))
  OR id = ANY(ARRAY(SELECT r.user_id FROM wagtailcore_commentreply r))');

CALL wall_by_draft('wagtailcore_revision', 'object_id::bigint');
CALL wall_by_draft('wagtailcore_comment', 'page_id');
CALL wall('wagtailcore_commentreply', 'EXISTS (SELECT 1 FROM wagtailcore_comment c WHERE c.id = comment_id)',
  'EXISTS (SELECT 1 FROM wagtailcore_comment c WHERE c.id = comment_id)');
CALL wall_by_draft('wagtailcore_pagesubscription', 'page_id');
CALL wall_by_page('wagtailcore_pageviewrestriction', 'page_id');
CALL wall_by_draft('wagtailcore_workflowpage', 'page_id');
CALL wall('wagtailcore_workflowcontenttype', 'false', 'false');
CALL wall('wagtailcore_workflow',
  'EXISTS (SELECT 1 FROM wagtailcore_workflowpage w WHERE w.workflow_id = wagtailcore_workflow.id) OR (SELECT lens()) = ''system''',
  '(SELECT lens()) = ''system''');
CALL wall('wagtailcore_workflowtask', 'EXISTS (SELECT 1 FROM wagtailcore_workflow w WHERE w.id = workflow_id)', '(SELECT lens()) = ''system''');
CALL wall('wagtailcore_task',
  'EXISTS (SELECT 1 FROM wagtailcore_workflowtask w WHERE w.task_id = wagtailcore_task.id) OR (SELECT lens()) = ''system''',
  '(SELECT lens()) = ''system''');
CALL wall('wagtailcore_groupapprovaltask', 'EXISTS (SELECT 1 FROM wagtailcore_task t WHERE t.id = task_ptr_id)', '(SELECT lens()) = ''system''');
CALL wall_by_draft('wagtailcore_workflowstate', 'object_id::bigint');
CALL wall('wagtailcore_taskstate', 'EXISTS (SELECT 1 FROM wagtailcore_workflowstate s WHERE s.id = workflow_state_id)',
  'EXISTS (SELECT 1 FROM wagtailcore_workflowstate s WHERE s.id = workflow_state_id)');

-- Sees every page, because it belongs to the role that owns the tables: a page that is not one's own and a page that is
-- gone are two things.
CREATE OR REPLACE FUNCTION provider_of_page(page bigint) RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path = public AS $$ SELECT provider_id FROM providers_basepage WHERE id = page $$;

-- The log is written by whoever acts (a deleted page's last entry has no page any more) and never changed by the desk.
CALL wall('wagtailcore_pagelogentry',
  'EXISTS (SELECT 1 FROM providers_basepage p WHERE p.id = page_id AND p.provider_id = ANY((SELECT lens_providers())::bigint[]))',
  'coalesce(provider_of_page(page_id) = ANY((SELECT lens_providers())::bigint[]), (SELECT lens_providers()) IS NOT NULL)',
  'EXISTS (SELECT 1 FROM providers_basepage p WHERE p.id = page_id AND p.provider_id = ANY((SELECT lens_providers())::bigint[]))',
  '(SELECT lens()) = ''system''');
CALL wall_by_colleague('wagtailcore_modellogentry', 'user_id');
CALL wall_by_colleague('wagtailcore_uploadedfile', 'uploaded_by_user_id');
CALL wall_by_colleague('wagtailadmin_editingsession', 'user_id');
CALL wall_by_colleague('wagtailcore_apitoken', 'user_id');
CALL wall_by_colleague('wagtailadmin_formstate', 'user_id');

-- Files: each provider has one collection.
CALL wall('wagtailcore_collection',
  'depth = 1 OR id = ANY(ARRAY(SELECT p.collection_id FROM providers_provider p WHERE p.id = ANY((SELECT lens_readable())::bigint[])))
   OR (SELECT lens()) = ''system''',
  '(SELECT lens()) = ''system''',
  'id = ANY(ARRAY(SELECT p.collection_id FROM providers_provider p WHERE p.id = ANY((SELECT lens_providers())::bigint[]))) OR (SELECT lens()) = ''system''',
  '(SELECT lens()) = ''system''');
CALL wall('wagtailcore_collectionviewrestriction', 'EXISTS (SELECT 1 FROM wagtailcore_collection c WHERE c.id = collection_id)',
  '(SELECT lens()) = ''system''');

CREATE OR REPLACE PROCEDURE wall_by_collection(t regclass) LANGUAGE plpgsql AS $$
DECLARE mine text := 'collection_id = ANY(ARRAY(SELECT p.collection_id FROM providers_provider p WHERE p.id = ANY((SELECT lens_providers())::bigint[])))';
BEGIN CALL wall(t, mine, mine); END $$;

CALL wall_by_collection('wagtailimages_image');
CALL wall_by_collection('wagtaildocs_document');
CALL wall('wagtailimages_rendition', 'EXISTS (SELECT 1 FROM wagtailimages_image i WHERE i.id = image_id)',
  'EXISTS (SELECT 1 FROM wagtailimages_image i WHERE i.id = image_id)');
CALL wall('taggit_taggeditem',
  'EXISTS (SELECT 1 FROM wagtailimages_image i WHERE i.id = object_id) OR EXISTS (SELECT 1 FROM wagtaildocs_document d WHERE d.id = object_id)',
  'EXISTS (SELECT 1 FROM wagtailimages_image i WHERE i.id = object_id) OR EXISTS (SELECT 1 FROM wagtaildocs_document d WHERE d.id = object_id)');

-- What uses what. Other things than pages refer to collections; only the platform's own work asks for those.
DO $$ DECLARE mine text :=
  'CASE WHEN stands_for(base_content_type_id, ''providers'', ''basepage'')
     THEN EXISTS (SELECT 1 FROM providers_basepage p WHERE p.id = object_id::bigint AND p.provider_id = ANY((SELECT lens_providers())::bigint[]))
     ELSE (SELECT lens()) = ''system'' END';
BEGIN CALL wall('wagtailcore_referenceindex', mine, mine); END $$;

-- The desk's search index: an entry is as visible, and as changeable, as what it stands for.
DO $$ DECLARE entry text :=
  'CASE WHEN stands_for(content_type_id, ''wagtailimages'', ''image'') THEN EXISTS (SELECT 1 FROM wagtailimages_image i WHERE i.id::text = object_id)
        WHEN stands_for(content_type_id, ''wagtaildocs'', ''document'') THEN EXISTS (SELECT 1 FROM wagtaildocs_document d WHERE d.id::text = object_id)
        ELSE EXISTS (SELECT 1 FROM providers_basepage p WHERE p.id::text = object_id%s) END';
BEGIN
  CALL wall('wagtailsearch_indexentry', format(entry, ''),
    format(entry, ' AND p.provider_id = ANY((SELECT lens_providers())::bigint[])') || ' OR (SELECT lens()) = ''system''');
END $$;
