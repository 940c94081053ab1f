from celery import shared_task

from learning import actions, emails
from tenancy.lens import look, system


@shared_task
def tell_of_closing() -> int:
    return emails.tell_learners()


@shared_task
def remind_of_questions() -> int:
    """Questions that have waited for three days, each once; how many."""
    with look(system("remind of questions")):
        waiting = actions.questions_to_remind()
        for question in waiting:
            emails.remind_tutors(question)
    return len(waiting)
