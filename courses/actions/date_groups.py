"""Groups of dates (`courses.models.DateGroup`) are made by a trigger; at night those go that no run is in any more."""

from tenancy.lens import as_system
from tenancy.rows import rows


@as_system("forget empty groups of dates")
def forget_date_groups() -> int:
    """How many are gone."""
    [(gone,)] = rows("SELECT forget_date_groups()")
    return int(gone)
