"""What a block is written upon is what is stored: who writes alone is never told of somebody else."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from courses import block_forms
from courses.actions import write
from tenancy.lens import look, system
from tests import factories
from tests.courses.test_block_forms import sent
from tests.courses.test_half_finished import WHOLE, half_finished
from tests.support.desk import as_
from tests.support.writing import now, url, written


@pytest.fixture
def step(house):
    return written(factories.make_course(house, lessons=1), {})


def stored(step):
    with look(system("test")):
        return write.body_of(now(step))


def _with_words(fields):
    """Every empty line of a form is written in."""
    return {
        name: ["Wort"] if values == [""] and name.startswith("v-") else values
        for name, values in fields.items()
    }


@pytest.mark.parametrize("kind", block_forms.KINDS)
def test_a_new_block_is_saved_again_and_again_by_whoever_writes_alone(client, author, step, kind):
    as_(client, author).post(url("add", step), {"kind": kind, "nach": ""})
    [made] = stored(step)
    typed = _with_words(sent(block_forms.form_of(kind, made["value"])))
    base = write.fingerprint(made)
    for _time in range(3):
        answer = client.post(
            url("block", step, made["id"]), typed | {"base": base}, headers={"X-Desk": "part"}
        )
        assert answer.status_code == 200
        base = answer.json()["base"]
        assert base == write.fingerprint(stored(step)[0])


@pytest.mark.parametrize("kind", WHOLE)
@given(data=st.data())
@settings(max_examples=30, deadline=None)
def test_half_finished_words_are_stored_as_they_were_sent(kind, data):
    value = data.draw(half_finished(kind))["value"]
    definition = block_forms.KINDS[kind]
    [read] = definition.bulk_to_python([value])
    assert definition.get_prep_value(read) == value
    assert definition.get_prep_value(definition.normalize(read)) == value
