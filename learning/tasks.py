from celery import shared_task

from learning.emails import tell_learners, tell_of_ending_pupils
from providers import actions as providers
from providers.models import Provider
from tenancy.lens import look, system


@shared_task
def tell_of_closing() -> int:
    return tell_learners()


@shared_task
def end_pupils() -> int:
    """Heads of schools hear four weeks ahead what ends; what has ended is deleted. How many accounts."""
    schools = Provider.objects.filter(kind=Provider.Kind.SCHOOL).order_by("pk")
    with look(system("schools")):
        known = [*schools]
    for school in known:
        tell_of_ending_pupils(school)
    return sum(providers.end_pupils(school) for school in known)
