"""Six browsers send the same form of the writing desk at the same moment: one block, one text, and six answers that are the same."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection

from providers.models import Membership
from tenancy.lens import look, system
from tests import factories
from tests.isolation.test_saving_at_once import browser_of
from tests.support.writing import form, kinds, url, written

AT_ONCE = 6


def test_one_block_and_one_text(place):
    ledger = place.ledger
    ledger.begin()
    provider = place.town.there
    step = written(
        factories.make_course(provider, title="Zugleich schreiben"), {"text": "<p>Alt.</p>"}
    )
    with look(system("test")):
        author = factories.make_member(provider, Membership.Role.AUTHOR)
    new = {"kind": "callout", "nach": "", "form": str(uuid.uuid4())}
    at, words = form(step, "text", **{"v-html": "<p>Neu.</p><p>Zwei.</p>"})
    barrier = Barrier(AT_ONCE)

    def send(_number):
        browser = browser_of(author)
        barrier.wait(30)
        try:
            written = browser.post(at, words, headers={"X-Desk": "part"})
            added = browser.post(url("add", step), new)
            return written.status_code, written.json()["base"], added.status_code, added.url
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = set(pool.map(send, range(AT_ONCE)))
    stored = kinds(step)
    ledger.undo()
    assert len(answers) == 1
    assert {(first, third) for first, _, third, _ in answers} == {(200, 302)}
    assert stored == ["callout", "text"]
