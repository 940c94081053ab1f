"""What somebody reads in their mail, and what they do with it."""

import re

from django.core import mail

from tests.factories import PASSWORD

SIGN_UP, PROVE = "/konto/neu/", "/konto/neu/code/"
CODE = re.compile(r"^[A-Z0-9]{4}-[A-Z0-9]{4}$", re.MULTILINE)


def code_for(address):
    """The code in the newest mail to `address`."""
    [*_older, newest] = [letter for letter in mail.outbox if letter.to == [address]]
    return CODE.search(newest.body)[0]


def sign_up(browser, address="nina@example.org", *, mailed_to="", **said):
    """Both steps; the answer to the second one."""
    form = {"email": address, "password1": PASSWORD} | said
    answer = browser.post(SIGN_UP, form)
    assert (answer.status_code, answer.headers["Location"]) == (302, PROVE)
    return browser.post(PROVE, {"code": code_for(mailed_to or address)})
