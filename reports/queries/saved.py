"""Views of the figures that the office keeps."""

from typing import NamedTuple

from tenancy.rows import records


class KeptView(NamedTuple):
    pk: int
    name: str
    query: str


def saved_views() -> list[KeptView]:
    return records(KeptView, "SELECT id AS pk, name, query FROM reports_savedview ORDER BY name")
