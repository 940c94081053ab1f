from celery import shared_task
from django.core.management import call_command

from courses.actions import one_printing
from tenancy.lens import look, system


@shared_task
def publish_scheduled() -> None:
    """Pages whose hour has come are published, those whose time is over withdrawn; each course is printed once."""
    with look(system("publish scheduled pages")), one_printing(by=None):
        call_command("publish_scheduled")
