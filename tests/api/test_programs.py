"""Programs of others: where they may lead back to, and the operator's command."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from api.actions import BadAddress
from api.actions.programs import check_address

BACK = "https://mappe.example/zurueck"


@pytest.mark.parametrize(
    ("uri", "good"),
    [
        ("https://a.example/b", True),
        ("http://127.0.0.1:9/b", True),
        ("de.example.mappe:/zurueck", True),
        ("http://a.example/b", False),
        ("https://a.example/b#c", False),
        ("https://*.example/b", False),
        ("javascript:alert(1)", False),
        ("mappe:/zurueck", False),
    ],
)
def test_where_a_program_may_lead_back_to(uri, good):
    if good:
        check_address(uri)
    else:
        with pytest.raises(BadAddress):
            check_address(uri)


def test_the_operator_registers_and_ends_programs(db):
    def said(*words):
        out = StringIO()
        call_command("programs", *words, stdout=out)
        return out.getvalue()

    about = ["--about", "Sammelt.", "--url", "https://a.example/", "--redirect", BACK]
    made = said("add", "Mappe", *about)
    key, secret = (line.split()[1] for line in made.splitlines())
    assert key in said("list")
    assert secret not in said("list")
    assert "Ended." in said("end", key)
    with pytest.raises(CommandError):
        said("end", key)
    with pytest.raises(CommandError):
        said("add", "Mappe", "--about", "x", "--url", "y", "--redirect", "http://a.example/")
    assert "client_secret" not in said("add", "App", *about, "--app")
