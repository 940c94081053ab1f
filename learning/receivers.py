"""Anyone who signs in gets what they have answered before; who takes work over gets its groups; learners hear who leaves."""

from typing import Any

from allauth.account.signals import user_logged_in
from django.contrib import messages
from django.db import transaction
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language

from accounts.models import User
from courses.signals import run_changed, seats_changed
from learning import actions, tasks
from learning.models import Group, GroupTutor
from learning.unsaved_answers import COOKIE, forget, kept_in, saved
from providers.models import Provider
from providers.signals import closing_announced, handed_over, provider_closed
from tenancy.lens import look, system


@receiver(user_logged_in)
def take_answers_along(request: HttpRequest, user: User, response: HttpResponse, **_: Any) -> None:
    """Those in the cookie. Those in the tab are sent by its script from the next page (static/js/answers.js).

    The page to sign in has said so, and how to refuse. Their own lens opens with their next request.
    """
    if COOKIE not in request.COOKIES:
        return
    with look(system("take answers of a visitor into her account")):
        stored = actions.keep_answers(user, kept_in(request), language=get_language() or "de")
    if stored:
        messages.success(request, saved(stored))
    forget(response)


@receiver(closing_announced)
def tell_of_closing(**_: Any) -> None:
    """Many mails: the worker writes them. If the task is lost, the clock does (`config/schedule.py`)."""
    transaction.on_commit(tasks.tell_of_closing.delay, robust=True)


@receiver(handed_over)
def on_handed_over(person: User, provider: Provider, successor: User, **_: Any) -> None:
    """Their groups get a new tutor; one that both looked after keeps one."""
    hers = GroupTutor.objects.filter(provider=provider, person=person)
    shared = GroupTutor.objects.filter(provider=provider, person=successor).values("group")
    hers.filter(group__in=[row["group"] for row in shared]).delete()
    hers.update(person=successor)


@receiver(provider_closed)
def end_groups(provider: Provider, **_: Any) -> None:
    """Nobody joins its groups any more, and nobody looks after them; its members learn on by themselves."""
    Group.objects.filter(provider=provider, closed_at=None).update(closed_at=timezone.now())
    GroupTutor.objects.filter(provider=provider).delete()


@receiver([seats_changed, run_changed])
def on_seats_or_dates(**_: Any) -> None:
    """The worker moves the queue and writes the mails. If the task is lost, the clock does (`config/schedule.py`)."""
    tasks.keep_seats.delay()
