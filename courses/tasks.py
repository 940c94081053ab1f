from celery import shared_task
from django.core.management import call_command

from tenancy.lens import look, system


@shared_task
def publish_scheduled() -> None:
    """Pages whose hour has come are published, and printed with that."""
    with look(system("publish scheduled pages")):
        call_command("publish_scheduled")
