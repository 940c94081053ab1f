"""H5P packages made by an enemy: each is refused, by its name, in a moment, and nothing falls over."""

import io
import itertools
import json
import stat
import struct
import sys
import tracemalloc
import unicodedata
import zipfile

import pytest

from h5p_lite.core.package import Limits, Problem, Refused, read
from h5p_samples.packages import (
    CONTENT,
    GOOD,
    LIBRARIES,
    PNG,
    found,
    packed,
    problems,
    quoting,
    read_files,
)

A, B = "content/a.txt", "content/b.txt"


def changed(files, path, field, value):
    """A zip with a lie: `field` (offset and struct format) of the central record of `path` says `value`."""
    raw = bytearray(packed(files).getvalue())
    record = raw.rindex(path.encode()) - 46
    offset, form = field
    struct.pack_into(form, raw, record + offset, value)
    return io.BytesIO(raw)


FLAGS, CRC, PACKED_SIZE, SIZE, PLACE = (8, "<H"), (16, "<L"), (20, "<L"), (24, "<L"), (42, "<L")


# --- names ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "/etc/passwd",
        "../h5p.json",
        "content/../../x.png",
        "content/./x.png",
        "content//x.png",
        "content/..",
        "content\\x.png",
        "C:/x.png",
        "c:x.png",
        "content/a\x1b[31m.png",
        "content/a\x85.png",
        "content/gnp.\u202eexe.png",
        "content/\u2066a.png",
        "content/a\u2028.png",
        "__MACOSX/../../x.png",
        "../",
    ],
)
def test_a_file_elsewhere_is_refused(name):
    shown = "".join(c if c.isprintable() else "\ufffd" for c in name)
    assert found([*GOOD.items(), (name, b"x")]) == [("unsafe-name", shown)]


def test_a_name_is_not_cut_at_a_zero():
    raw = packed([*GOOD.items(), ("content/evil.exe_.png", PNG)]).getvalue()
    raw = raw.replace(b"content/evil.exe_.png", b"content/evil.exe\0.png")
    assert found(io.BytesIO(raw)) == [("unsafe-name", "content/evil.exe\ufffd.png")]


def listing(name, count, claimed=1):
    """A zip that is nothing but a list of files."""
    record = b"PK\1\2" + b"\0" * 24 + struct.pack("<H", len(name)) + b"\0" * 16 + name
    length = len(record) * count
    end = struct.pack("<4sHHHHLLH", b"PK\5\6", 0, 0, claimed, claimed, length, 4, 0)
    return io.BytesIO(b"PK\3\4" + record * count + end)


@pytest.mark.parametrize("name", [b"\0content", b""])
def test_a_name_of_no_letters_is_refused(name):
    """zipfile's own `is_dir` falls over these."""
    assert found(listing(name, 1)) == [("unsafe-name", name.decode().replace("\0", "\ufffd"))]


def test_a_long_name_is_cut_where_it_is_shown():
    name = f"content/{'a' * 300}.png"
    assert found(GOOD | {name: PNG}) == [("long-name", f"{name[:119]}…")]


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(
    ("first", "second"),
    [
        (A, A),
        (A, "content/A.TXT"),
        ("content/straße.txt", "content/STRASSE.txt"),
        (unicodedata.normalize("NFC", "content/ü.txt"), unicodedata.normalize("NFD", "content/ü.txt")),
        ("h5p.json", "H5P.json"),
    ],
)  # fmt: skip
def test_two_files_of_one_name_are_refused(first, second):
    files = [pair for pair in GOOD.items() if pair[0] != first]
    assert found([*files, (first, "x"), (second, "y")]) == [("same-name-twice", second)]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_the_same_file_twice_is_one_file():
    package = read(packed([*GOOD.items(), (A, "x" * 200_000), (A, "x" * 200_000)]))
    assert [(entry.path, entry.size) for entry in package.media] == [
        ("a.txt", 200_000),
        ("images/a.png", len(PNG)),
    ]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_files_of_one_name_are_compared_to_the_last_byte():
    long = "x" * 200_000
    assert found([*GOOD.items(), (A, f"{long}y"), (A, f"{long}z")]) == [("same-name-twice", A)]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_repeated_file_whose_checksum_lies_is_damaged():
    raw = bytearray(packed([*GOOD.items(), (A, "x"), (A, "y")]).getvalue())
    second = raw.rindex(A.encode()) - 46
    first = raw.rindex(A.encode(), 0, second) - 46
    raw[second + 16 : second + 20] = raw[first + 16 : first + 20]
    assert found(io.BytesIO(raw)) == [("file-damaged", A)]


def test_a_file_is_no_folder():
    files = GOOD | {"content/Images.txt": "x", "content/images.TXT/a.png": PNG}
    assert found(files) == [("file-as-folder", "content/images.TXT/a.png")]


# --- what entries are ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFSOCK, stat.S_IFDIR]
)
def test_links_and_devices_are_refused(kind):
    assert found(packed(GOOD | {A: "/etc/passwd"}, external_attr=(kind | 0o777) << 16)) == [
        ("link", A)
    ]


@pytest.mark.parametrize("flags", [0x1, 0x41, 0x2001])
def test_an_encrypted_entry_is_refused(flags):
    assert found(changed(GOOD | {A: "x"}, A, FLAGS, flags)) == [("encrypted", A)]


def test_a_patch_is_refused():
    assert found(changed(GOOD | {A: "x"}, A, FLAGS, 0x20)) == [("packing", A)]


@pytest.mark.parametrize("how", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_unusual_packing_is_refused(how):
    assert found(packed(GOOD | {A: "x"}, compress_type=how)) == [("packing", A)]


def test_packing_that_python_does_not_know_is_refused():
    assert found(changed(GOOD | {A: "x"}, A, (10, "<H"), 97)) == [("packing", A)]


# --- sizes ---------------------------------------------------------------------------------------------------------


def test_limits_are_kept():
    size = len(packed(GOOD).getvalue())
    assert problems(GOOD, packed=size - 1) == [Problem("too-big")]
    assert problems(GOOD, entries=len(GOOD) - 1) == [Problem("too-many-files")]
    assert problems(GOOD, directory=100) == [Problem("too-many-files")]
    assert problems(GOOD, unpacked=500) == [Problem("too-big-unpacked")]
    assert found(GOOD | {A: "x" * 500}, file=499) == [("file-too-big", A)]
    assert found(GOOD, path=22) == [
        ("long-name", "Test.Quiz-1.2/library.json"),
        ("long-name", "Test.Quiz-1.2/semantics.json"),
        ("long-name", "Test.Quiz-1.2/language/de.json"),
    ]
    assert found(CONTENT, nodes=4) == [("json-too-big", "h5p.json")]
    assert found(CONTENT, json=60) == [("json-too-big", "h5p.json")]
    assert found(CONTENT, depth=2) == [("too-deep", "h5p.json")]
    assert problems(GOOD, json_together=700) == [Problem("too-much-json")]
    assert problems(GOOD, nodes_together=20) == [Problem("too-much-json")]


def test_exactly_as_much_as_allowed_is_allowed():
    everything = sum(
        len(each if isinstance(each, bytes | str) else json.dumps(each)) for each in GOOD.values()
    )
    size = len(packed(GOOD).getvalue())
    limits = Limits(packed=size, entries=len(GOOD), unpacked=everything, path=30)
    assert read_files(GOOD, limits=limits).manifest.title == "Ein Quiz"


def test_a_small_file_may_be_packed_as_tight_as_it_likes_and_a_large_one_not():
    assert len(read_files(GOOD | {A: b"\0" * 1024 * 1024}).media) == 2
    assert found(GOOD | {A: b"\0" * (1024 * 1024 + 1)}) == [("ratio", A)]


@pytest.mark.parametrize("size", [0, 4, 6, 2_000])
def test_a_lie_about_the_size_is_noticed(size):
    assert found(changed(GOOD | {A: "fünf"}, A, SIZE, size)) == [("file-damaged", A)]


def test_a_lie_about_the_packed_size_is_noticed():
    assert found(changed(GOOD | {A: "fünf"}, A, PACKED_SIZE, 2)) == [("file-damaged", A)]


def test_a_wrong_checksum_is_noticed():
    files = GOOD | {A: "fünf", "content/c.txt": "c"}
    assert found(changed(files, A, CRC, 7)) == [("file-damaged", A)]
    assert found(changed(GOOD, "content/content.json", CRC, 7)) == [
        ("file-damaged", "content/content.json")
    ]


def test_several_damaged_files_are_all_named():
    raw = packed(GOOD | {A: "a" * 99, B: "b" * 99}).getvalue()
    for path in (A, B):
        raw = raw.replace(b"\0\0" + path.encode(), b"\0\0" + path.encode()[:-1] + b"!", 1)
    assert found(io.BytesIO(raw)) == [("file-damaged", A), ("file-damaged", B)]


def test_copying_notices_what_has_changed_since():
    stored = packed(GOOD)
    package = read(stored)
    place = stored.getvalue().index(b"content/images/a.png") + 20
    stored.seek(place)
    stored.write(b"\0" * 8)
    for use in (lambda entry: package.copy(entry, io.BytesIO()), lambda e: package.open(e).read()):
        with pytest.raises(Refused) as refused:
            use(package.media[0])
        assert refused.value.problems == [Problem("file-damaged", "content/images/a.png")]


def test_a_copy_is_compared_with_what_was_read():
    package = read_files(GOOD)
    entry = package.media[0]._replace(sha256="0" * 64)
    with pytest.raises(Refused):
        package.copy(entry, io.BytesIO())


# --- bombs ---------------------------------------------------------------------------------------------------------


def overlapping():
    """Two names for one packed text."""
    return changed(
        GOOD | {A: "a" * 999, B: "a" * 999}, B, PLACE, place_of(GOOD | {A: "a" * 999}, A)
    )


def place_of(files, path):
    with zipfile.ZipFile(packed(files)) as archive:
        return archive.getinfo(path).header_offset


def quoted_bomb():
    return quoting([f"content/{number:03}.txt" for number in range(100)], b"\0" * 1_000_000)


def test_files_on_top_of_each_other_are_refused():
    assert found(overlapping()) == [("overlap", B)]


def test_files_that_quote_each_other_are_refused():
    """100 MB in 12 kB; without the check zipfile of Python 3.11.7 would unpack it."""
    with zipfile.ZipFile(quoted_bomb()) as archive:
        assert len(archive.read("content/098.txt")) > 1_000_000
    assert found(quoted_bomb())[:2] == [
        ("overlap", f"content/{number:03}.txt") for number in (1, 2)
    ]


def test_a_bomb_in_a_bomb_is_one_file_that_is_not_wanted():
    inner = packed({"a.txt": b"\0" * 500_000}).getvalue()
    assert found(GOOD | {"content/inner.zip": inner}) == [("not-allowed", "content/inner.zip")]


def test_a_directory_of_many_names_is_not_even_read():
    """45 000 names of one letter fit into the limit of bytes; the number in the frame lies."""
    assert found(listing(b"a", 50_000)) == [("too-many-files", "")]
    assert found(listing(b"a", 44_000))[0] == ("too-many-files", "")
    assert found(listing(b"a", 1, claimed=10_001)) == [("too-many-files", "")]


def test_large_archives_are_refused_by_their_frame():
    """Their numbers overrule those that were looked at."""
    raw = packed(GOOD).getvalue()
    end = raw.rindex(b"PK\5\6")
    locator = struct.pack("<4sLQL", b"PK\6\7", 0, 0, 1)
    assert found(io.BytesIO(raw[:end] + locator + raw[end:])) == [("zip64", "")]


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "not-a-zip"),
        (b"PK\5\6" + b"\0" * 18, "not-a-zip"),
        (b"PK\3\4PK\5\6", "damaged"),
        (b"PK\3\4" + struct.pack("<4sHHHHLLH", b"PK\5\6", 0, 0, 1, 1, 5000, 0, 0), "damaged"),
        (b"PK\3\4" + struct.pack("<4sHHHHLLH", b"PK\5\6", 0, 0, 0, 0, 0, 0, 0), "not-a-package"),
        (b"GIF89a" + packed(GOOD).getvalue(), "not-a-zip"),
        (b"PK\3\4<script>" + packed(GOOD).getvalue(), "not-a-zip"),
        (packed(GOOD).getvalue() + b"\0" * 70_000, "not-a-zip"),
        (packed(GOOD).getvalue()[:-30], "not-a-zip"),
        (packed(GOOD).getvalue()[:-10], "damaged"),
        (packed(GOOD).getvalue()[300:], "not-a-zip"),
        (b"7z\xbc\xaf\x27\x1c" + b"\0" * 100, "not-a-zip"),
    ],
)
def test_what_is_no_zip_is_refused(raw, code):
    assert found(io.BytesIO(raw)) == [(code, "")]


# --- JSON ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a":', "}")])
def test_json_is_only_so_deep(opening, closing):
    def text(depth):
        return '{"a": ' + opening * depth + "1" + closing * depth + "}"

    assert read_files(CONTENT | {"content/content.json": text(99)}).params["a"]
    for depth in (100, 900, 100_000):
        files = CONTENT | {"content/content.json": text(depth)}
        assert found(files) == [("too-deep", "content/content.json")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[" + "[]," * 2_500_000 + "[]]", "json-too-big"),
        ("{" + ",".join(f'"{n}":1' for n in range(150_000)) + ',"7":1}', "key-twice"),
        ('{"a": "' + "x" * 9_000_000 + '"}', "json-too-big"),
        ("[" * 5_000_000, "json-too-big"),
        ('{"a": ' + "9" * 1_000_000 + "}", "not-json"),
        ('"' + "\\u" * 1_000_000, "not-json"),
    ],
    ids=["nodes", "keys", "long", "open", "number", "broken"],
)
def test_large_json_is_refused_in_a_moment(text, code):
    files = CONTENT | {"content/content.json": text, B: "b"}
    assert in_a_moment(packed(files), ratio=10**6) == code


def steps(act):
    """What `act` returns, and how many functions were called for it: the same on a slow machine."""
    count = itertools.count()
    sys.setprofile(lambda *_: next(count))
    try:
        return act(), next(count)
    finally:
        sys.setprofile(None)


def in_a_moment(file, **limits):
    """The first problem's code; finding it took neither many steps nor much memory."""
    code, taken = steps(lambda: found(file, **limits)[0][0])
    assert taken < 1_000_000
    tracemalloc.start()
    found(file, **limits)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 60_000_000
    return code


def test_many_languages_have_a_limit_together():
    text = '{"a": "' + "x" * 1_000_000 + '"}'
    names = [f"Test.Quiz-1.2/language/{a}{b}.json" for a in "abcdefgh" for b in "abcdefgh"]
    assert (
        in_a_moment(packed(LIBRARIES | dict.fromkeys(names, text)), ratio=10**6) == "too-much-json"
    )


def test_a_thousand_libraries_are_only_so_many_problems():
    files = {f"L{number}/library.json": "[" for number in range(1_000)}
    assert in_a_moment(packed(files)) == "not-json"


def test_ten_thousand_files_take_no_more_steps_each_than_a_hundred():
    def steps_for(number):
        files = CONTENT | {f"content/images/{n}.png": PNG for n in range(number)}
        read, taken = steps(lambda: read_files(files))
        assert len(read.media) == number + 1
        return taken

    assert steps_for(9_990) < 100 * steps_for(100)
