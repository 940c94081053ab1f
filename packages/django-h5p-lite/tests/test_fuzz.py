"""Whatever comes as an H5P package is read whole or refused; nothing else ever happens."""

import io
from contextlib import suppress

from hypothesis import given
from hypothesis import strategies as st

from h5p_lite.core.package import Refused, read
from h5p_samples.laws import examples
from h5p_samples.packages import (
    GOOD,
    PNG,
    folder,
    library,
    manifest,
    packed,
)

PACKAGE = packed(GOOD).getvalue()
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inside: (
        st.lists(inside, max_size=4) | st.dictionaries(st.text(max_size=8), inside, max_size=4)
    ),
    max_leaves=12,
)
FIELDS = sorted(
    {*manifest(), *library(), "authors", "changes", "coreApi", "addTo", "preloadedCss", "w"}
)


def read_or_refused(file):
    """Whatever it is, it is read whole or refused: nothing else is raised."""
    with suppress(Refused):
        package = read(file)
        for entry in (*package.media, *(file for each in package.libraries for file in each.files)):
            package.copy(entry, io.BytesIO())
        for each in package.libraries:
            each.languages  # noqa: B018 -- it reads


@given(st.binary(max_size=300))
def test_any_bytes(raw):
    read_or_refused(io.BytesIO(raw))
    read_or_refused(io.BytesIO(b"PK\3\4" + raw + PACKAGE[-22:]))


@examples(300)
@given(st.lists(st.tuples(st.integers(0, len(PACKAGE) - 1), st.integers(0, 255)), max_size=6))
def test_a_package_with_some_bytes_changed(changes):
    raw = bytearray(PACKAGE)
    for place, value in changes:
        raw[place] = value
    read_or_refused(io.BytesIO(raw))


@examples(300)
@given(st.data())
def test_a_package_with_a_broken_directory(data):
    raw = bytearray(PACKAGE)
    start = PACKAGE.index(b"PK\1\2")
    for _ in range(data.draw(st.integers(1, 4))):
        raw[data.draw(st.integers(start, len(raw) - 1))] = data.draw(st.integers(0, 255))
    read_or_refused(io.BytesIO(raw))


@given(st.integers(0, len(PACKAGE)), st.integers(0, 200), st.binary(max_size=50))
def test_a_package_with_a_piece_exchanged(place, length, piece):
    read_or_refused(io.BytesIO(PACKAGE[:place] + piece + PACKAGE[place + length :]))


@given(JSON, st.sampled_from([path for path in GOOD if path.endswith(".json")]))
def test_any_json_anywhere(value, path):
    read_or_refused(packed(GOOD | {path: value}))


@given(st.dictionaries(st.sampled_from(FIELDS), JSON, min_size=1, max_size=3))
def test_any_json_in_any_field(said):
    read_or_refused(packed(GOOD | {"h5p.json": manifest(**said)}))
    read_or_refused(packed(GOOD | folder(**said)))


@given(st.text(max_size=20), st.text(max_size=20))
def test_any_name(first, second):
    files = [*GOOD.items(), (f"content/{first}", PNG), (f"Test.Part/{second}", PNG)]
    try:
        file = packed(files)
    except (UnicodeEncodeError, UserWarning):
        return  # Python does not write such a name, or not twice
    read_or_refused(file)
