"""Run inside `manage.py shell`: a course with one question, learners who are signed in, as JSON on the last line."""

import json
import os

from django.conf import settings
from django.test import Client

from accounts.models import User
from courses.models import CatalogueEntry
from learning.actions import ask_for_seat
from learning.models import Booking, Enrolment
from providers.models import Provider
from tenancy.lens import look, system
from tests import factories
from tests.chaos import buyers
from tests.chaos.bookers import SEATS, TITLE
from tests.factories.runs import asked, make_run, make_sold_run

with look(system("chaos")):
    house = Provider.objects.get(slug="haus")
run = make_run(house, seats=SEATS, title=TITLE)
sold = make_sold_run(house, seats=buyers.SEATS, title=buyers.SOLD)
wanted = [
    ask_for_seat(sold.key, asked(f"Bea {number}", email=f"bea{number}@example.org"))
    for number in range(buyers.ASKED)
]
with look(system("chaos")):
    Booking.objects.filter(run=sold).update(told="asked")  # the link of that mail is what they have
course = factories.make_course(house, lessons=1, title="Sicher im Netz")
with look(system("chaos")):
    lesson = course.lessons().first()
    question = next(block for block in lesson.body if block.block_type == "single_choice")
    entry = CatalogueEntry.objects.get(course=course.translation_key)
    learners = []
    for number in range(int(os.environ["CHAOS_LEARNERS"])):
        person = User.objects.create(name=f"Anna {number}", email=f"anna{number}@example.org")
        enrolment = Enrolment.objects.create(
            learner=person,
            provider=house,
            course=entry.course,
            edition_id=entry.edition_id,
            total=1,
        )
        browser = Client()
        browser.force_login(person)
        session = browser.cookies[settings.SESSION_COOKIE_NAME].value
        learners.append(
            {"enrolment": enrolment.pk, "session": session, "email": person.email, "turn": 0}
        )

told = {
    "path": f"/lernen/haus/{course.slug}/{lesson.slug}/antwort/",
    "run": f"/termine/{run.key}/",
    "item": question.id,
    "choices": [choice.id for choice in question.value["choices"].bound_blocks],
    "learners": learners,
    "contracts": [f"/buchung/{booking.token}/" for booking in wanted],
}
print(json.dumps(told))
