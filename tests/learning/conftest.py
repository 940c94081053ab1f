"""What tests of seats and contracts share: a house, and the letters that somebody's act brings."""

import pytest
from django.core import mail

from tests import factories


@pytest.fixture
def house(db):
    return factories.make_provider("haus")


@pytest.fixture
def letters(django_capture_on_commit_callbacks):
    """What an act answers, and what is sent once it is through."""

    def sent(act):
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            answer = act()
        return answer, [*mail.outbox]

    return sent
