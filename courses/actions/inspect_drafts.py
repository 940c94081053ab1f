"""What the checks find in a draft is kept with it (ATAG 2.0 B.3.1)."""

from wagtail.models import Revision

from accessibility.checks import BLOCK, check
from accessibility.models import Inspection
from courses.models import CoursePage, LessonPage
from courses.queries.findings import parts


def inspect(page: CoursePage | LessonPage, revision: Revision) -> Inspection:
    """Look at `page` as `revision` keeps it. What is exempt counts here: it is taken off when somebody asks."""
    findings = check(list(parts(page)), lang=page.locale.language_code)
    stopping = sum(finding.severity == BLOCK for finding in findings)
    inspection = Inspection(
        revision=revision,
        page_id=page.pk,
        stopping=stopping,
        warning=len(findings) - stopping,
        findings=[list(finding) for finding in findings],
    )
    Inspection.objects.bulk_create(
        [inspection],
        update_conflicts=True,
        unique_fields=["revision"],
        update_fields=["page", "stopping", "warning", "findings", "at"],
    )
    return inspection
