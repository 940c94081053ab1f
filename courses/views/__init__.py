from courses.views.archive import provider_archive, provider_archive_file
from courses.views.catalogue import catalogue
from courses.views.city import help_page, home, imprint, privacy
from courses.views.concepts import concept, concepts
from courses.views.course import by_key, course, course_picture
from courses.views.dates import dates
from courses.views.demand import office_demand
from courses.views.exchange import (
    course_amb,
    courses_amb,
    courses_moochub,
    courses_oai,
    courses_rss,
)
from courses.views.files import file
from courses.views.founding import approve, found
from courses.views.near import near
from courses.views.office import proof, proofs
from courses.views.plan import plan, plan_rules, run_edit, run_new, venue, venue_new
from courses.views.plan_import import plan_import
from courses.views.plan_run import plan_meeting, plan_run
from courses.views.sitemap import sitemap, sitemap_file
from courses.views.steering import city_events, featured
from courses.views.suggestions import suggestions
from courses.views.today import today

__all__ = [
    "approve",
    "by_key",
    "catalogue",
    "city_events",
    "concept",
    "concepts",
    "course",
    "course_amb",
    "course_picture",
    "courses_amb",
    "courses_moochub",
    "courses_oai",
    "courses_rss",
    "dates",
    "featured",
    "file",
    "found",
    "help_page",
    "home",
    "imprint",
    "near",
    "office_demand",
    "plan",
    "plan_import",
    "plan_meeting",
    "plan_rules",
    "plan_run",
    "privacy",
    "proof",
    "proofs",
    "provider_archive",
    "provider_archive_file",
    "run_edit",
    "run_new",
    "sitemap",
    "sitemap_file",
    "suggestions",
    "today",
    "venue",
    "venue_new",
]
