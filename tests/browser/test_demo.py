"""The demo city keeps its own rules."""

import json

FINDINGS = """
import json
from courses.models import CoursePage, LessonPage
from courses.queries import checked
from tenancy.lens import look, system
with look(system("check the demo")):
    pages = [*CoursePage.objects.live(), *LessonPage.objects.live()]
    found = {page.title: checked(page) for page in pages}
print(json.dumps({title: [tuple(f) for f in each.stopping] for title, each in found.items() if each.stopping}))
print(len(pages), sum(len(each.warning) for each in found.values()))
for title, each in found.items():
    for f in each.warning: print("W", title, tuple(f))
"""


def test_no_page_of_the_demo_would_be_stopped_at_the_gate(city):
    stopped, counts = city.manage("shell", "-v0", "-c", FINDINGS).strip().splitlines()[:2]
    assert json.loads(stopped) == {}
    assert int(counts.split()[0]) > 40
