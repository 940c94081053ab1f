"""The report of a period on paper."""

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

STYLE = settings.BASE_DIR / "static" / "css" / "report.css"


def report_pdf(report: dict[str, Any]) -> bytes:
    """PDF/UA-1, A4, in the active language. `report`: of `reports.views.reporting`."""
    from providers.accessible_pdf import accessible_pdf  # noqa: PLC0415 -- WeasyPrint takes a second to load, and 40 MB

    return accessible_pdf(render_to_string("reports/report_pdf.html", {"report": report}), STYLE)
