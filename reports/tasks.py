from celery import shared_task
from django.utils import timezone

from figures import actions
from figures import queries as figures
from figures.frames import final_year
from providers.queries import named_in_figures
from reports import datasets
from reports.actions import publish_versions
from tenancy import public_page
from tenancy.lens import look, public, system


@shared_task
def publish_figures() -> int:
    """Each night: what is due is published for the office, what is announced for everybody, and on 31 March the year
    before is closed. How many periods are new. Killed in between, the next run goes on.
    """
    today = timezone.localdate()
    with look(system("which providers are named in the figures")):
        named = named_in_figures()
    out = actions.publish_due(today)
    released = actions.release_due(today, named=named)
    actions.close_years(today)
    if released:
        public_page.forget()
    return len(out) + len(released)


@shared_task
def publish_open_data() -> int:
    """Each night: a version of each dataset that has changed. How many are new; a second run of a day changes nothing."""
    with look(public):
        found = datasets.rows_today(timezone.now())
    new = publish_versions(found, today=timezone.localdate())
    if new:
        public_page.forget()
    return len(new)


@shared_task
def look_for_drift() -> int:
    """Each night: whether the youngest period of each kind would still come out the same. More than 0 is a fault."""
    gone = final_year(timezone.localdate())
    return sum(actions.drift(period) for period in figures.youngest() if period.starts.year > gone)
