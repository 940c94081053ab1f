"""Tables that the desk lets people take along are as safe in a spreadsheet as our own (providers.formats)."""

from typing import Any

from wagtail.admin.views.mixins import SpreadsheetExportMixin

from providers.formats import safe


def _defused(view: SpreadsheetExportMixin, writer: Any, row_dict: dict[str, Any]) -> Any:
    """Instead of Wagtail's own. Its XLSX makes no formulas; its CSV has none of this."""
    values = {
        field: view.preprocess_field_value(field, value, view.FORMAT_CSV)
        for field, value in row_dict.items()
    }
    return writer.writerow(
        {
            field: safe(value if isinstance(value, int | float) else str(value))
            for field, value in values.items()
        }
    )


SpreadsheetExportMixin.write_csv_row = _defused
