"""The table of doors and people that test_doors tries; other tests knock at the same doors."""

#: What a letter of the table means. Whatever is not one's own is not there: 404, never 403.
ANSWERS = {"o": 200, ">": 302, "m": 301, "-": 404, "g": 410, "5": 205, "k": 401, "b": 400}
#: The columns. Everybody knocks at the doors of "haus"; those of the third group work for "nachbar".
PEOPLE = (
    *("visitor", "learner", "other learner"),
    *("tutor", "author", "reviewer", "owner"),
    *("tutor next door", "author next door", "reviewer next door", "owner next door"),
    *("clerk", "admin", "operator"),
)
DOORS = {
    # visitor, learner, other learner; tutor, author, reviewer, owner; the same next door; clerk, admin, operator
    "home": "ooo oooo oooo ooo",
    "try_out": ">-- ---- ---- ---",  # the block is no question; see test_trying
    "courses:catalogue": "ooo oooo oooo ooo",
    "courses:suggestions": "ooo oooo oooo ooo",
    "courses:course": "ooo oooo oooo ooo",
    "courses:course_picture": "ooo oooo oooo ooo",
    "courses:by_key": "mmm mmmm mmmm mmm",
    **{
        f"courses:{door}": ">-- oo-o ---- ---"
        for door in (
            *("plan", "plan_rules", "venue_new", "venue", "run_new", "plan_run", "run_edit"),
            *("plan_meeting", "plan_import"),
        )
    },
    "courses:today": "ooo oooo oooo ooo",
    "courses:dates": "ooo oooo oooo ooo",
    "learning:date": "ooo oooo oooo ooo",
    "learning:city_ics": "ooo oooo oooo ooo",
    "learning:provider_ics": "ooo oooo oooo ooo",
    "learning:venue_ics": "ooo oooo oooo ooo",
    "learning:provider_calendar": "ooo oooo oooo ooo",
    "learning:venue_calendar": "ooo oooo oooo ooo",
    "learning:my_ics": "ooo oooo oooo ooo",  # anyone who has the address
    "learning:my_dates": ">oo oooo oooo ooo",
    "learning:seat_asked": "ooo oooo oooo ooo",
    "learning:booking": "ooo oooo oooo ooo",  # anyone who has the link
    "learning:contract": "ooo oooo oooo ooo",  # anyone who has the link
    "learning:withdraw": "ooo oooo oooo ooo",
    "learning:withdrawn": "ooo oooo oooo ooo",
    "learning:booking_ics": "ooo oooo oooo ooo",
    "courses:help": "ooo oooo oooo ooo",
    "courses:imprint": "ooo oooo oooo ooo",
    "courses:privacy": "ooo oooo oooo ooo",
    "courses:file": "--- ---- ---- ---",  # an unknown name; see test_press
    "courses:found": ">-- ---- ---- -oo",
    "courses:approve": ">-- ---- ---- -oo",
    "courses:demand": ">-- ---- ---- oo-",
    "courses:featured": ">-- ---- ---- oo-",
    "courses:city_events": ">-- ---- ---- oo-",
    "courses:concepts": ">-- ---- ---- oo-",
    "courses:concept": ">-- ---- ---- oo-",
    "courses:proofs": ">-- ---- ---- -o-",
    "courses:proof": ">-- ---- ---- ---",  # nothing was handed over; see test_reviews
    "desk:board": ">-- -ooo -ooo ---",
    "desk:course": ">-- -ooo ---- ---",
    "desk:remarks": ">-- -ooo ---- ---",
    "desk:variants": ">-- -ooo ---- ---",
    "desk:side_by_side": ">-- ---- ---- ---",  # there is no English lesson; see test_variants
    "desk:new": ">-- -o-o -o-o ---",  # reviewers begin no course
    "desk:missing": ">-- -o-o -o-o ---",
    "desk:adopt": ">-- -o-o -o-o ---",
    "desk:competences": ">-- -ooo -ooo ---",
    "desk:package": ">-- -ooo ---- ---",
    "desk:questions": ">-- -ooo ---- ---",
    "desk:original": ">-- ---- ---- ---",  # it was not taken over; see test_sharing
    "desk:archive": ">-- --oo ---- ---",
    "desk:delete": ">-- ---- ---- ---",  # no page is named; see test_bin
    "desk:bin": ">-- -ooo -ooo ---",
    "writing:step": ">-- -ooo ---- ---",
    "desk:plan": ">-- -ooo ---- ---",
    "desk:plan_part": ">-- -ooo ---- ---",
    "desk:plan_states": ">-- -ooo ---- ---",
    "writing:block": ">-- -ooo ---- ---",
    "writing:states": ">-- -ooo ---- ---",
    "writing:questions": ">-- -ooo ---- ---",
    "desk:editions": ">-- -ooo ---- ---",
    "desk:compare": ">-- -ooo ---- ---",
    "learning:dashboard": ">oo oooo oooo ooo",
    "learning:tutoring": ">-- o--o ---- ---",
    **{
        f"learning:{door}": ">-- o--o ---- ---"
        for door in (
            *("group", "group_new", "group_edit", "group_sheet", "group_csv", "group_member"),
            "group_list",
            *("questions_waiting", "question", "tutor_messages"),
            *("run_lists", "run_list", "contracts"),
        )
    },
    "learning:run_list_offline": ">-- >--> ---- ---",  # GET: to the list
    "learning:list_offline": "ooo oooo oooo ooo",
    "learning:list_worker": "ooo oooo oooo ooo",
    "learning:inbox": ">oo oooo oooo ooo",
    "learning:searches": ">oo oooo oooo ooo",
    "learning:search_new": ">oo oooo oooo ooo",
    "learning:voluntary": ">o- ---- ---- ---",  # theirs alone
    "learning:search": ">o- ---- ---- ---",  # theirs alone
    "learning:questions": ">o> >>>> >>>> >>>",  # to the step, for anyone who is not enrolled
    "learning:join": "ooo oooo oooo ooo",
    "learning:join_group": "o>o oooo oooo ooo",  # they are in it already
    "learning:my_group": ">o- ---- ---- ---",
    "learning:start": ">>> >>>> >>>> >>>",
    "learning:lesson": "ooo oooo oooo ooo",  # open for everybody
    "learning:answer": ">>> >>>> >>>> >>>",  # to the step it is an answer in
    "learning:activity": "ooo oooo oooo ooo",  # in an open lesson
    "learning:activity_file": "ooo oooo oooo ooo",  # its author gives it away
    "h5p_lite:bundle": "--- ---- ---- ---",  # an unknown name; see test_activities
    "h5p_lite:library_file": "ooo oooo oooo ooo",  # program code, for every browser
    "h5p_lite:content_file": "--- ---- ---- ---",  # without a ticket; see test_activities
    **{
        f"activities:{door}": ">-- -ooo ---- ---"
        for door in (
            *("activity", "edit", "about", "preview", "player", "revisions", "file", "archive"),
            "uploaded",
        )
    },
    "activities:list": ">-- -ooo -ooo ---",
    "activities:new": ">-- -ooo -ooo ---",
    "activities:upload": ">-- -ooo -ooo ---",
    "activities:media": ">-- ---- ---- ---",  # for no field; see test_h5p_media
    "activities:upgrade": ">-- ---- ---- ---",  # there is no newer type; see test_h5p_media
    "h5p_office:list": ">-- ---- ---- -oo",
    "h5p_office:library": ">-- ---- ---- -oo",
    "h5p_office:upload": ">-- ---- ---- -oo",
    "h5p_office:decline": ">-- ---- ---- -oo",
    "h5p_office:upgrade": ">-- ---- ---- -oo",
    "learning:leave": ">o- ---- ---- ---",
    "learning:finished": ">o- ---- ---- ---",  # in the middle of a course: test_finished
    "learning:newer": ">>- ---- ---- ---",  # they read the newest edition; see test_editions
    "learning:attendance": ">-- o--o ---- ---",
    "learning:results": ">-- o--o ---- ---",
    "learning:results_csv": ">-- o--o ---- ---",
    "learning:written": ">-- o--o ---- ---",
    "learning:my_results": ">o- ---- ---- ---",
    "accounts:settings": ">oo oooo oooo ooo",
    "accounts:log": ">oo oooo oooo ooo",
    "accounts:devices": ">oo oooo oooo ooo",
    "accounts:companion": ">>> >>>> >>>> >>>",  # nobody sits beside anybody; see test_companion
    "accounts:still_there": "555 5555 5555 555",  # no shared device; see test_shared
    "accounts:shared": "ooo oooo oooo ooo",
    "accounts:forgotten": "ooo oooo oooo ooo",
    "accounts:card": "ooo oooo oooo ooo",
    "accounts:my_card": ">oo oooo oooo ooo",  # without a card it says so
    "accounts:export": ">oo oooo oooo ooo",
    "accounts:second_factor": ">oo oooo oooo ooo",
    "accounts:close": ">oo oooo oooo ooo",
    "accounts:prove": ">>> >>>> >>>> >>>",  # nobody is signing up; see test_joining
    "accounts:news": "ooo oooo oooo ooo",  # no link of anybody's; see test_news
    "accounts:take_back": "ooo oooo oooo ooo",  # the link has run out; see test_take_back
    "providers:companion": ">-- o--o ---- ---",
    "providers:cards": ">-- o--o ---- ---",
    "providers:card": ">-- o--o ---- ---",
    "providers:colours": ">-- ---o ---- ---",
    "providers:details": ">-- ---o ---- ---",
    "providers:school_year": ">-- ---- ---- ---",  # "haus" is no school; see test_schools
    "providers:guardians": "--- ---- ---- ---",
    "providers:closing": ">-- ---o ---- ---",
    "accessibility:provider_statement_form": ">-- ---o ---- ---",
    "accessibility:provider_statement": "--- ---- ---- ---",  # without a legal form; see test_provider_statement
    "courses:provider_archive": ">-- ---o ---- ---",
    "courses:provider_archive_file": ">-- ---o ---- ---",
    "providers:logo": ">-- ---o ---- ---",
    "providers:logo_image": "ooo oooo oooo ooo",
    "certificates:check": "ooo oooo oooo ooo",
    "certificates:check_key": "ooo oooo oooo ooo",
    "certificates:offline": "ooo oooo oooo ooo",
    "certificates:certificate": "ooo oooo oooo ooo",  # anyone who has its number
    "certificates:credential": "ooo oooo oooo ooo",
    "certificates:jwt": "ooo oooo oooo ooo",
    "certificates:pdf": "ooo oooo oooo ooo",
    "certificates:wallet": ">oo oooo oooo ooo",
    "certificates:own": ">o- ---- ---- ---",
    "certificates:offer": "--- ---- ---- ---",  # only with OPENID4VCI; see test_oid4vci
    "certificates:issued": ">-- ---o ---- ---",
    "certificates:owed": ">-- ---o ---- ---",
    "certificates:autograph": ">-- ---o ---- ---",
    "certificates:withdraw": ">-- ---o ---- ---",
    "openapi": "ooo oooo oooo ooo",
    "api:guide": "ooo oooo oooo ooo",
    **{
        f"api_v1:{door}": "ooo oooo oooo ooo"
        for door in ("courses", "course", "runs", "run", "concepts", "concept")
    },
    **{  # a session opens none of them, only a key; see tests/api
        f"api_v1:{door}": "kkk kkkk kkkk kkk"
        for door in (
            *("runs_of_house", "participants", "periods", "figures_of_period"),
            *("own_enrolments", "own_certificates_of_consent"),
        )
    },
    "api:authorize": ">bb bbbb bbbb bbb",  # no program asks; see tests/api
    "api:connected": ">oo oooo oooo ooo",
    "oauth_metadata": "ooo oooo oooo ooo",
    "api:keys": ">-- ---o ---- ---",
    "api:webhooks": ">-- ---o ---- ---",
    "api:office_keys": ">-- ---- ---- -o-",
    "colour_sheet": "ooo oooo oooo ooo",
    "issuers:did": "ooo oooo oooo ooo",
    "issuers:status": "ooo oooo oooo ooo",
    "issuers:suspension": "ooo oooo oooo ooo",
    "issuers:key": "--- ---- ---- ---",  # an unknown name; see test_representations
    "issuers:sd_jwt_type": "ooo oooo oooo ooo",
    "issuers:status_token": "--- ---- ---- ---",  # nobody has taken one into an app; see test_oid4vci
    "jwt_vc_issuer": "--- ---- ---- ---",
    "providers:list": "ooo oooo oooo ooo",
    "providers:join": "ooo oooo oooo ooo",
    "providers:joined": "ooo oooo oooo ooo",
    "providers:application": "ooo oooo oooo ooo",  # anyone who has the link; see test_joining
    "providers:application_page": "ooo oooo oooo ooo",
    "providers:application_withdraw": "ooo oooo oooo ooo",
    "providers:provider": "ooo oooo oooo ooo",
    "providers:enter": ">>> >>>> >>>> >>>",  # to the work, or to learning
    "providers:places": ">>> oooo oooo ooo",  # who only learns has no choice
    "providers:manage": ">-- ---o ---- ---",
    "providers:team": ">-- ---o ---- ---",
    "providers:invite": ">-- ---o ---- ---",
    "providers:member": ">-- ---o ---- ---",
    "providers:hand_over": ">-- ---o ---- ---",
    "providers:take": ">-- ---o ---- ---",
    "providers:record": ">-- ---o ---- ---",
    "providers:record_csv": ">-- ---o ---- ---",
    "providers:invitation": "ooo oooo oooo ooo",  # who may answer: test_invitations
    "providers:applications": ">-- ---- ---- -oo",
    "providers:application_office": ">-- ---- ---- -oo",
    "providers:sought": ">-- ---- ---- -oo",
    "providers:heads": ">-- ---- ---- -oo",
    "providers:office_providers": ">-- ---- ---- -oo",
    "providers:appoint": ">-- ---- ---- ---",  # "haus" has an owner; see test_founding
    "providers:office_record": ">-- ---- ---- -o-",
    "providers:office_record_csv": ">-- ---- ---- -o-",
    "reports:office": ">-- ---- ---- oo-",
    "reports:figures_file": ">-- ---- ---- oo-",
    "reports:reports": ">-- ---- ---- oo-",
    "reports:report": ">-- ---- ---- ---",  # before the first quarter is out; see test_report
    "reports:report_paper": ">-- ---- ---- ---",  # as well
    "reports:monitoring": ">-- ---- ---- ---",  # as well
    "reports:goals": ">-- ---- ---- oo-",
    "reports:corrections": ">-- ---- ---- oo-",
    "reports:open_data": "ooo oooo oooo ooo",
    "reports:concepts": "ooo oooo oooo ooo",
    "reports:dataset": "--- ---- ---- ---",  # before the first night; see test_datasets
    "reports:version": "--- ---- ---- ---",  # as well
    "reports:released": "--- ---- ---- ---",  # before the first release; see test_open_data
    "reports:dcat": "ooo oooo oooo ooo",
    "reports:package": "ooo oooo oooo ooo",
    "reports:readme": "ooo oooo oooo ooo",
    "reports:withdrawn": "ggg gggg gggg ggg",
    "accessibility:report": "ooo oooo oooo ooo",
    "accessibility:statement": "ooo oooo oooo ooo",
    "accessibility:preferences": "ooo oooo oooo ooo",
    "robots": "ooo oooo oooo ooo",
    "courses:rss": "ooo oooo oooo ooo",
    "courses:amb": "ooo oooo oooo ooo",
    "courses:moochub": "ooo oooo oooo ooo",
    "courses:oai": "ooo oooo oooo ooo",
    "courses:course_amb": "ooo oooo oooo ooo",
    "sitemap": "ooo oooo oooo ooo",
    "sitemap_file": "ooo oooo oooo ooo",
    "security": "--- ---- ---- ---",  # only with SECURITY_CONTACT; see test_headers
    "health_live": "ooo oooo oooo ooo",
    "health_ready": "ooo oooo oooo ooo",
    "media": ">-- ---- ---- ---",  # an unknown name; see test_files
    "tags": ">-- -ooo -ooo ---",
    "tags_of": ">-- -ooo -ooo ---",
    "desk_home": ">-- ->>> ->>> ---",
    "wagtailimages:index": ">-- -ooo -ooo ---",
    "wagtaildocs:index": ">-- -ooo -ooo ---",
    "wagtailadmin_pages:edit": ">-- -ooo ---- ---",
    "wagtailadmin_pages:history": ">-- -ooo ---- ---",
}
#: POST only: a GET is refused for everybody who is let in.
POST_ONLY = {
    *(f"desk:{door}" for door in ("begin_variant", "publish", "ask", "give_back", "take_back")),
    *("desk:restore", "desk:bring_back"),
    *(f"desk:{door}" for door in ("plan_undo", "plan_here", "plan_arrange")),
    *(f"writing:{door}" for door in ("begin", "name", "add", "undo", "here", "arrange")),
    *("reports:keep_view", "reports:drop_view", "reports:goal_ended"),
    "activities:double",
    "h5p_office:begin_upgrade",
    "h5p_office:roll_back",
    "h5p_office:test",
    "learning:activity_result",
    "learning:activity_state",
    "accounts:forget",
    "certificates:reissue",
    "certificates:shows",
    "certificates:name",
    "verify",
    "oauth_token",
    "oauth_revoke",
    "learning:enrol",
    "learning:retake",
    "learning:keep",
    "courses:near",
    *("learning:group_code", "learning:group_close", "learning:leave_group"),
    "learning:group_list_take",
    *("providers:cards_pdf", "providers:again", "providers:withdraw", "providers:sought_no_more"),
    "csp_reports",
}
#: allauth's own doors are tested in test_accounts; gate in test_gate and test_checker; Wagtail's by the crawler of tests/isolation.
TESTED_ELSEWHERE = (
    *("account_", "mfa_", "wagtail", "simple_translation:", "gate", "activity_chooser:"),
)
