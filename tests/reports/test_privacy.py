"""Statistical confidentiality, charts and files, pure: what is published never lets anybody count to less than ten."""

import csv
import io
import itertools

import pytest
from django.utils.translation import override
from hypothesis import assume, given
from hypothesis import strategies as st

from reports.charts import BOTTOM, HEIGHT, LEFT, TOP, WIDTH, Series, bar_chart, shares
from reports.formats import BOM, PROTECTED, as_csv
from reports.privacy import THRESHOLD, protect, total

MEASURES = ("enrolments", "completions", "certificates")

counts = st.one_of(st.integers(0, 12), st.integers(0, 40), st.integers(0, 5000))


@st.composite
def nested(draw):
    """One group: who has a certificate has completed, who has completed was enrolled."""
    widest = draw(counts)
    middle = widest - min(widest, draw(st.one_of(st.just(0), counts)))
    narrowest = middle - min(middle, draw(st.one_of(st.just(0), counts)))
    return dict(zip(MEASURES, (widest, middle, narrowest), strict=True))


tables = st.dictionaries(st.sampled_from("abcdefghijklmnop"), nested(), max_size=14)


def column(table, measure):
    return {label: cells[measure] for label, cells in table.items()}


def hidden(table, shown, measure):
    """What stands behind the hidden cells of one measure."""
    return [table[label][measure] for label in table if shown[label][measure] is None]


def table_of(**groups):
    return {label: dict(zip(MEASURES, says, strict=True)) for label, says in groups.items()}


#   what was counted, what is shown
EXAMPLES = [
    ({}, {}),
    (table_of(a=(0, 0, 0)), table_of(a=(0, 0, 0))),
    (table_of(a=(40, 20, 10), b=(30, 10, 0)), table_of(a=(40, 20, 10), b=(30, 10, 0))),
    # a small number takes the next smallest with it
    (
        table_of(a=(4, 4, 4), b=(30, 30, 30), c=(90, 90, 90)),
        table_of(a=(None,) * 3, b=(None,) * 3, c=(90, 90, 90)),
    ),
    # two small ones that stand for too few take a third
    (
        table_of(a=(4, 4, 4), b=(5, 5, 5), c=(30, 30, 30), d=(31, 31, 31)),
        table_of(a=(None,) * 3, b=(None,) * 3, c=(None,) * 3, d=(31, 31, 31)),
    ),
    # 95 of 100 completed: five persons did not
    (
        table_of(a=(100, 95, 95), b=(80, 20, 20), c=(80, 60, 40)),
        table_of(a=(100, None, None), b=(80, None, None), c=(80, 60, 40)),
    ),
    # a group without anybody hides nobody
    (
        table_of(a=(0, 0, 0), b=(9, 9, 9), c=(10, 10, 10)),
        table_of(a=(0, 0, 0), b=(None,) * 3, c=(None,) * 3),
    ),
]


@pytest.mark.parametrize(("table", "shown"), EXAMPLES)
def test_examples(table, shown):
    assert protect(table, MEASURES) == shown


@given(tables)
def test_no_count_from_one_to_nine_is_shown(table):
    for cells in [*protect(table, MEASURES).values(), total(table, MEASURES)]:
        assert [n for n in cells.values() if n is not None and 0 < n < THRESHOLD] == []


@given(tables)
def test_no_two_shown_measures_differ_by_a_few_persons(table):
    for cells in [*protect(table, MEASURES).values(), total(table, MEASURES)]:
        seen = [n for n in cells.values() if n is not None]
        few = [(a, b) for a in seen for b in seen if 0 < a - b < THRESHOLD]
        assert few == []


@given(tables)
def test_hidden_cells_are_never_alone(table):
    shown = protect(table, MEASURES)
    for measure in MEASURES:
        behind = hidden(table, shown, measure)
        left = [n for n in column(shown, measure).values() if n]
        assert not behind or not left or (len(behind) >= 2 and sum(behind) >= THRESHOLD)


@given(tables)
def test_what_is_shown_is_true(table):
    shown = protect(table, MEASURES)
    assert {*shown} == {*table}
    for label, cells in shown.items():
        assert cells == {m: table[label][m] if n is not None else None for m, n in cells.items()}


@given(tables, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(table, dice):
    mixed = [*table]
    dice.shuffle(mixed)
    assert protect({label: table[label] for label in mixed}, MEASURES) == protect(table, MEASURES)


@given(tables)
def test_nothing_is_hidden_without_need(table):
    harmless = {
        label: {m: n * THRESHOLD for m, n in cells.items()} for label, cells in table.items()
    }
    assert protect(harmless, MEASURES) == harmless


@given(tables)
def test_totals_are_the_sums_unless_they_are_small_themselves(table):
    sums = {measure: sum(column(table, measure).values()) for measure in MEASURES}
    for measure, shown in total(table, MEASURES).items():
        wider = [sums[m] for m in MEASURES[: MEASURES.index(measure)]]
        small = 0 < sums[measure] < THRESHOLD
        few_missing = sums[measure] and any(0 < n - sums[measure] < THRESHOLD for n in wider)
        assert shown in ([None] if small or few_missing else [None, sums[measure]])


def test_a_total_is_shown_when_nothing_can_be_worked_out():
    table = table_of(a=(40, 20, 10), b=(30, 10, 0))
    assert total(table, MEASURES) == dict(zip(MEASURES, (70, 30, 10), strict=True))
    assert total({}, MEASURES) == dict.fromkeys(MEASURES, 0)


@given(tables)
def test_subtracting_from_the_total_pins_nobody_down(table):
    """An attacker knows the total and every visible cell: a hidden one may still be at least two numbers."""
    shown, totals = protect(table, MEASURES), total(table, MEASURES)
    for measure in MEASURES:
        behind = hidden(table, shown, measure)
        filled = sum(bool(n) for n in column(table, measure).values())
        if totals[measure] is not None and any(behind) and filled > 1:
            seen = sum(n for n in column(shown, measure).values() if n is not None)
            left = totals[measure] - seen
            assert left == sum(behind) >= THRESHOLD
            assert len(behind) >= 2


# --- charts --------------------------------------------------------------------------------------------------------

values = st.lists(st.one_of(st.none(), st.integers(0, 200_000)), min_size=12, max_size=12)
LABELS = [f"Monat {n}" for n in range(1, 13)]
LANGUAGES = ["de", "de-simple", "en"]


def two_series(first, second):
    return [Series("a", "Anmeldungen", first), Series("b", "Abschlüsse", second)]


@given(values, values, st.sampled_from(LANGUAGES))
def test_coordinates_have_a_point_in_every_language(first, second, language):
    with override(language):
        chart = bar_chart(LABELS, two_series(first, second), desc="")
    numbers = [v for bar in chart["bars"] for name, v in bar.items() if name != "css"]
    numbers += [tick["y"] for tick in chart["ticks"]] + [label["x"] for label in chart["labels"]]
    assert [n for n in numbers if n != f"{float(n):.1f}"] == []


@given(values, values)
def test_every_bar_stands_on_the_line_and_inside_the_picture(first, second):
    chart = bar_chart(LABELS, two_series(first, second), desc="Zwei Reihen")
    assert (chart["width"], chart["height"], chart["desc"]) == (WIDTH, HEIGHT, "Zwei Reihen")
    assert len(chart["bars"]) == 24
    for bar in chart["bars"]:
        x, y, width, height = (float(bar[name]) for name in ("x", "y", "width", "height"))
        assert LEFT <= x < x + width <= WIDTH
        assert y >= TOP
        assert abs(y + height - BOTTOM) <= 0.11  # rounded to a tenth


@given(values)
def test_a_protected_value_is_no_zero(numbers):
    bars = bar_chart(LABELS, [Series("a", "Anmeldungen", numbers)], desc="")["bars"]
    looks = [(bar["css"], bar["height"] == "12.0") for bar in bars if bar["css"] == "c-hidden"]
    assert looks == [("c-hidden", True)] * numbers.count(None)
    zeros = [bar for bar, n in zip(bars, numbers, strict=True) if n == 0]
    assert {(bar["css"], bar["height"]) for bar in zeros} <= {("c-a", "0.0")}


@given(values)
def test_the_ticks_are_even_and_reach_the_largest_value(numbers):
    labels = [t["label"] for t in bar_chart(LABELS, [Series("a", "", numbers)], desc="")["ticks"]]
    steps = {after - before for before, after in itertools.pairwise(labels)}
    assert len(labels) == 6
    assert labels[0] == 0
    assert len(steps) == 1
    assert labels[-1] >= max((n for n in numbers if n), default=1)


def test_a_chart_without_figures_is_empty():
    chart = bar_chart([], [], desc="Nichts")
    assert (chart["bars"], chart["labels"]) == ([], [])


@given(values)
def test_the_longest_bar_is_the_largest_value(numbers):
    lengths = shares(numbers)
    assert [s for s in lengths if not 0 <= s <= 100] == []
    assert {s for n, s in zip(numbers, lengths, strict=True) if not n} <= {0}
    if largest := max((n for n in numbers if n), default=0):
        assert lengths[numbers.index(largest)] == 100


# --- files ---------------------------------------------------------------------------------------------------------


def read(text):
    return list(csv.reader(io.StringIO(text.removeprefix(BOM), newline=""), delimiter=";"))


def test_a_file_opens_in_a_spreadsheet():
    rows = [
        {"Gruppe": "Müller; Söhne", "Anmeldungen": 12},
        {"Gruppe": 'Haus "Nord"', "Anmeldungen": None},
        {"Gruppe": "Null", "Anmeldungen": 0},
    ]
    assert as_csv(["Gruppe", "Anmeldungen"], rows) == (
        '\ufeffGruppe;Anmeldungen\r\n"Müller; Söhne";12\r\n"Haus ""Nord""";geschützt\r\nNull;0\r\n'
    )


@pytest.mark.parametrize("formula", ['=HYPERLINK("x")', "+1", "-2+3", "@SUM(A1)", "=", "-"])
def test_a_label_is_no_formula(formula):
    assert read(as_csv(["Gruppe"], [{"Gruppe": formula}])) == [["Gruppe"], [f"'{formula}"]]


@given(st.lists(st.one_of(st.none(), st.integers(-9, 10_000)), min_size=1, max_size=6))
def test_protected_cells_say_so_and_numbers_stay_numbers(numbers):
    columns = [f"c{n}" for n in range(len(numbers))]
    row = dict(zip(columns, numbers, strict=True))
    shown = [PROTECTED if n is None else str(n) for n in numbers]
    assert read(as_csv(columns, [row])) == [columns, shown]


@given(st.text(alphabet=st.characters(exclude_characters="\0\r", codec="utf-8"), min_size=1))
def test_a_label_comes_back_as_it_was(label):
    assume(label[0] not in "=+-@")
    assert read(as_csv(["Gruppe"], [{"Gruppe": label}])) == [["Gruppe"], [label]]
