"""Counting the journal. What comes out of here is for the two modules that make it noisy, and for nobody else."""

from typing import NamedTuple

from figures.frames import DIMENSIONS, Period
from figures.noise import KEYS
from tenancy.rows import records, rows

#: How a dimension's value is read from a row of the journal.
VALUES = {dimension: dimension for dimension in DIMENSIONS} | {
    "area": "left(competence, 1)",
    "provider": "provider_id::text",
}
#: Each person once in a cell, whatever else they did there.
ONCE = """SELECT DISTINCT measure, who{named} FROM figures_countedevent
    WHERE month >= %(since)s AND month < %(until)s"""
#: A period's persons, each once with everything they have done, for all its tables: reading the journal costs the same as counting.
#: `alone`: with one thing only. Nearly everybody is, and no table has to look whether it has them twice.
GATHER = """CREATE TEMP TABLE counted_persons ON COMMIT DROP AS
  SELECT *, count(*) OVER (PARTITION BY measure, who) = 1 AS alone FROM ({once}) AS once"""
SUMS = f"count(*)::int AS persons, (sum(who %% {KEYS}) %% {KEYS})::int AS key"


class CountedCell(NamedTuple):
    """A cell as it is counted: for this module's eyes only. `key` would be a name where `persons` are few."""

    measure: int
    cell: list[str]
    persons: int
    key: int


def gather(period: Period) -> None:
    """Before `counted`, in the same transaction."""
    rows("DROP TABLE IF EXISTS pg_temp.counted_persons")
    rows(GATHER.format(once=_once(DIMENSIONS)), _span(period))


def counted(dimensions: tuple[str, ...]) -> list[CountedCell]:
    """Each person once in a cell, however often they begin, of the period that was gathered last."""
    listed = _listed(dimensions)
    statement = f"""SELECT measure, {_cell(dimensions)}, {SUMS} FROM (
        SELECT measure, who{listed} FROM counted_persons WHERE alone
        UNION ALL SELECT DISTINCT measure, who{listed} FROM counted_persons WHERE NOT alone
      ) AS once GROUP BY measure{listed}"""  # noqa: S608 -- put together from constants
    return records(CountedCell, statement)


def without_largest(period: Period, dimensions: tuple[str, ...]) -> list[CountedCell]:
    """The persons of each cell that are not only at the provider with most of them: that one could subtract its own."""
    listed = _listed(dimensions)
    statement = f"""WITH once AS ({_once((*dimensions, "provider"))}),
      largest AS (SELECT DISTINCT ON (measure{listed}) measure{listed}, provider AS most FROM once
        GROUP BY measure{listed}, provider ORDER BY measure{listed}, count(*) DESC, provider),
      others AS (SELECT DISTINCT measure, who{listed} FROM once JOIN largest USING (measure{listed}) WHERE provider <> most)
      SELECT measure, {_cell(dimensions)}, {SUMS} FROM others GROUP BY measure{listed}"""  # noqa: S608 -- put together from constants
    return records(CountedCell, statement, _span(period))


def of_the_unnamed(
    period: Period, dimensions: tuple[str, ...], named: list[str], *, least: int
) -> list[CountedCell]:
    """The persons of all providers that are not named, together, where these are at least so many. `dimensions` has "provider"."""
    others = tuple(one for one in dimensions if one != "provider")
    listed = _listed(others)
    statement = f"""WITH once AS ({_once(dimensions)}), unnamed AS (SELECT * FROM once WHERE provider <> ALL(%(named)s::text[])),
      enough AS (SELECT measure{listed} FROM unnamed GROUP BY measure{listed} HAVING count(DISTINCT provider) >= %(least)s),
      together AS (SELECT DISTINCT measure, who{listed} FROM unnamed JOIN enough USING (measure{listed}))
      SELECT measure, {_cell(others)}, {SUMS} FROM together GROUP BY measure{listed}"""  # noqa: S608 -- put together from constants
    return records(CountedCell, statement, {**_span(period), "named": named, "least": least})


def _once(dimensions: tuple[str, ...]) -> str:
    return ONCE.format(named="".join(f", {VALUES[one]} AS {one}" for one in dimensions))


def _cell(dimensions: tuple[str, ...]) -> str:
    return f"ARRAY[{', '.join(dimensions)}]::text[] AS cell"


def _listed(dimensions: tuple[str, ...]) -> str:
    return "".join(f", {one}" for one in dimensions)


def _span(period: Period) -> dict[str, object]:
    return {"since": period.starts, "until": period.ends}
