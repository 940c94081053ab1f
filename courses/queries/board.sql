-- The pages of some providers' courses by their place in the tree, each with the stand of its newest draft; a German course's own page also
-- with that of the course. An exemption is taken off when it is read: it comes and goes without a new draft.
SELECT p.id AS pk, p.path, p.depth = 4 AS is_course, l.language_code AS language, p.translation_key AS key,
    COALESCE(NULLIF(p.draft_title, ''), p.title) AS title, p.provider_id AS provider, h.short_name AS provider_name,
    p.latest_revision_id IS NOT NULL AND (p.has_unpublished_changes OR NOT p.live AND p.first_published_at IS NULL) AS is_new,
    p.latest_revision_created_at AS changed_at, COALESCE(i.stopping - (
        SELECT count(*) FROM accessibility_exemption e WHERE e.page_id = p.id
            AND i.findings @> jsonb_build_array(jsonb_build_array(e.rule, e.part, e.excerpt))
    ), 0) AS stopping, (
        SELECT min(r.approved_go_live_at) FROM wagtailcore_revision r
        WHERE r.base_content_type_id = %(kind)s AND r.object_id = p.id::text AND r.approved_go_live_at IS NOT NULL
    ) AS planned, c.archived_at IS NOT NULL AS archived, c.origin <> '{}' AND c.archived_at IS NULL AND (
        SELECT max(o.number) FROM courses_edition o WHERE o.course = (c.origin->>'course')::uuid
    ) > (c.origin->>'edition')::integer AS original_news, n.number, n.printing, v.state AS review, v.asked_by_name, v.asked_at
FROM providers_basepage p
    JOIN wagtailcore_locale l ON l.id = p.locale_id
    JOIN providers_provider h ON h.id = p.provider_id
    LEFT JOIN accessibility_inspection i ON i.revision_id = p.latest_revision_id
    LEFT JOIN courses_coursepage c ON c.basepage_ptr_id = p.id
    LEFT JOIN courses_catalogueentry k ON k.course = p.translation_key AND p.depth = 4
    LEFT JOIN courses_edition n ON n.id = k.edition_id
    LEFT JOIN LATERAL (
        SELECT w.state, w.asked_by_name, w.asked_at FROM courses_review w WHERE w.course_id = c.basepage_ptr_id ORDER BY w.id DESC LIMIT 1
    ) v ON true
WHERE p.provider_id = ANY(%(providers)s) AND p.depth >= 4
ORDER BY p.path
