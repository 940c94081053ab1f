from courses.views.archive import provider_archive, provider_archive_file
from courses.views.catalogue import catalogue
from courses.views.city import help_page, home, imprint, privacy
from courses.views.course import by_key, course
from courses.views.files import file
from courses.views.founding import approve, found
from courses.views.office import proof, proofs
from courses.views.plan import plan, plan_rules, run_edit, run_new, venue, venue_new
from courses.views.plan_run import plan_meeting, plan_run
from courses.views.today import today

__all__ = [
    "approve",
    "by_key",
    "catalogue",
    "course",
    "file",
    "found",
    "help_page",
    "home",
    "imprint",
    "plan",
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
    "today",
    "venue",
    "venue_new",
]
