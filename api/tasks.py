from celery import shared_task

from api import actions, emails
from tenancy.lens import look, system


@shared_task
def forget_old_tokens() -> int:
    with look(system("forget old tokens")):
        return actions.forget_tokens() + actions.forget_deliveries()


#: Messages in one turn; the next turn goes on.
A_TURN = 200


@shared_task
def tell_programs() -> int:
    """What is due to programs of houses; how many tries. Killed in between, the next turn goes on."""
    for tries in range(A_TURN):
        found = actions.deliver_next()
        if found is False:
            return tries
        if found is not True:
            with look(system("tell heads of a program")):
                emails.tell_resting(found)
    return A_TURN
