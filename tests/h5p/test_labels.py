"""Authors read every field of the libraries that are there in German; how many words are missing is counted."""

import pytest

from h5p_lite.queries.active import active_libraries
from h5p_lite.queries.semantics import still_foreign
from tests.support.h5p_desk import install_ours


@pytest.fixture
def types(db):
    install_ours()


def test_no_word_of_our_own_libraries_is_missing(types):
    names = active_libraries().libraries
    assert {name.machine_name for name in names} == {
        "LernHN.Base",
        "LernHN.Cards",
        "LernHN.Quiz",
        "LernHN.Sequence",
    }
    assert {str(name): still_foreign(name, "de") for name in names} == {
        str(name): [] for name in names
    }
