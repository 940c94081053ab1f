from celery import shared_task
from django.utils import timezone

from learning import actions, emails
from providers import actions as providers
from providers.queries import with_pupils
from tenancy.lens import look, system


@shared_task
def tell_of_closing() -> int:
    return emails.tell_learners()


@shared_task
def end_pupils() -> int:
    """Heads of schools hear four weeks ahead what ends; what has ended is deleted. How many accounts."""
    with look(system("schools")):
        known = with_pupils()
    for school in known:
        emails.tell_of_ending_pupils(school)
    return sum(providers.end_pupils(school) for school in known)


@shared_task
def remind_of_questions() -> int:
    """Questions that have waited for three days, each once; how many."""
    with look(system("remind of questions")):
        waiting = actions.questions_to_remind()
        for question in waiting:
            emails.remind_tutors(question)
    return len(waiting)


@shared_task
def keep_seats() -> int:
    """Queues that stand still move on, and everybody hears what is true now; how many mails."""
    actions.free_absent_by_rule()
    for run in actions.runs_to_move():
        actions.move_queue(run)
    return emails.tell_changes() + emails.tell_bookers() + emails.tell_withdrawals()


@shared_task
def remind_of_dates() -> int:
    return emails.remind()


@shared_task
def tally_anew() -> None:
    actions.tally_anew()


@shared_task
def tell_searches() -> int:
    return emails.tell_searches()


@shared_task
def forget_bookings() -> int:
    with look(system("forget bookings")):
        actions.count_finished()
        return actions.forget_bookings() + actions.forget_contracts()


@shared_task
def carry_answers_over() -> int:
    """In the last days of March; what they have said for the figures goes with an open course into the new year."""
    return actions.carry_answers_over(timezone.localdate())
