from celery import shared_task

from reports import actions
from tenancy import public_page
from tenancy.lens import look, system


@shared_task
def refresh() -> int:
    with look(system("refresh the figures of the city")):
        groups = actions.refresh_participation()
    public_page.forget()
    return groups
