"""The Django half runs in tests/project: on SQLite in memory, or on the PostgreSQL that H5P_LITE_TEST_DATABASE names."""

import io

import pytest

from h5p_lite.core.building import bundle


@pytest.fixture(autouse=True)
def _files_of_its_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(autouse=True)
def _nothing_is_remembered():
    """Rows are numbered anew in every test, so what is remembered by number goes."""
    from h5p_lite import player_page
    from h5p_lite.queries import active, semantics, titles

    for module in (player_page, active, semantics, titles):
        for thing in vars(module).values():
            if hasattr(thing, "cache_clear"):
                thing.cache_clear()


@pytest.fixture
def author(db, django_user_model):
    return django_user_model.objects.create_user("ada")


@pytest.fixture
def staff(db, django_user_model):
    return django_user_model.objects.create_user("otto", is_staff=True)


@pytest.fixture
def learner(db, django_user_model):
    return django_user_model.objects.create_user("lenora")


@pytest.fixture
def libraries(db):
    """The content types that come with this package, installed."""
    from h5p_lite.actions import install
    from h5p_lite.core import read

    return install(read(io.BytesIO(bundle()), name="all.h5p"), by_name="test").new
