"""Run inside `manage.py shell`: sessions of learners, of the office and of an author and a head, and who plays the demo's activity, as JSON on the
last line.
"""

import json

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.urls import reverse

from accounts.models import User
from accounts.sessions import SessionStore
from courses.models import AnswerKey, LessonAddress, PrintedActivity
from learning.models import Enrolment
from tenancy.lens import look, system

BACKEND = "accounts.adapter.ByAddress"


def session_of(user):
    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = BACKEND
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.create()
    return store.session_key


with look(system("bench")):
    office = session_of(User.objects.get(email="bildungsbuero@stadt.example"))
    author, head = (
        session_of(User.objects.get(email=f"{name}@vhs.example")) for name in ("autorin", "leitung")
    )
    found = []
    for user in User.objects.filter(email__endswith="@bench.example").order_by("pk")[:40]:
        enrolment = Enrolment.objects.filter(learner=user).order_by("pk").first()
        keys = AnswerKey.objects.filter(edition=enrolment.edition).order_by(
            "printed_lesson__position"
        )
        printed_lesson, item, key = next(
            (k.printed_lesson, item, key)
            for k in keys
            for item, key in k.keys.items()
            if key["kind"] == "single_choice"
        )
        found.append(
            {
                "session": session_of(user),
                "office": office,
                "address": enrolment.address,
                "lesson": printed_lesson.slug,
                "item": item,
                "choices": list(key["choices"])[:3],
            }
        )
    printed = PrintedActivity.objects.filter(language="de").order_by("pk")[0]
    player = Enrolment.objects.filter(edition=printed.edition).order_by("pk")[0]
    step = LessonAddress.objects.get(lesson=printed.lesson, present=True).slug
    where = [*player.address.split("/"), step, printed.item]
    played = {
        "path": reverse("learning:activity", args=where),
        "session": session_of(player.learner),
    }
print(json.dumps({"learners": found, "activity": played, "author": author, "head": head}))
