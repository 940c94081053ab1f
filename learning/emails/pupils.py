"""Mails about accounts of pupils, to those who lead their school."""

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.db import transaction
from django.urls import reverse

from accessibility import context as frame
from providers.actions import ending_pupils
from providers.models import Provider


@transaction.atomic
def tell_of_ending_pupils(school: Provider) -> int:
    """To the heads of a school whose next accounts of pupils end soon; how many mails."""
    ending = ending_pupils(school)
    if not ending:
        return 0
    way = reverse("providers:school_year", args=[ending.school.slug])
    words = {
        "city": frame.CITY,  # also where no request asks for the mail
        "provider": ending.school.name,
        "count": ending.number,
        "day": ending.school.pupils_told,
        "link": f"{settings.PUBLIC_URL}{way}",
    }
    letters = [
        get_adapter().render_mail("learning/email/pupils", head.email, words)
        for head in ending.heads
        if head.email
    ]
    return sum(letter.send() for letter in letters)
