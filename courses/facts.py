"""What the cover of a printed course says, in one language: the JSON in `PrintedLesson.facts` at position 0.

Printed covers stay as they are: a fact that came later is `NotRequired`, and anyone who reads it says what holds without it.
"""

from typing import Any, NotRequired, TypedDict


class LessonFacts(TypedDict):
    number: int  # position in the course, from 1
    slug: str
    title: str
    minutes: int
    open: bool  # readable without an account
    lang: str
    items: int  # tasks that count


class VariantFacts(TypedDict):
    """The course in one language."""

    code: str
    steps: int  # lessons written in it
    tested: dict[
        str, str
    ]  # of plain German: {"by", "on"}; empty: nobody has tested it as it is now


class CompetenceFacts(TypedDict):
    code: str  # of DigComp 3.0, such as "4.2"
    title: str
    level: str  # in words; empty: no lesson says one


class CourseFacts(TypedDict):
    title: str
    short_title: str
    summary: str
    lead: str
    goals: list[str]
    audience: str  # HTML
    level: str  # in words
    level_code: str
    minutes: int
    licence: str  # in words
    origin: dict[str, Any]  # title, provider, url, licence, before; empty for a course of one's own
    art: str  # the picture's name
    competences: list[CompetenceFacts]  # the main one first
    tags: list[str]
    access: list[dict[str, str]]  # {"term", "says"}
    credits: list[dict[str, str]]  # what was taken from others
    variants: list[VariantFacts]
    attestation: dict[str, Any]  # as `AttestationRule.from_facts` reads it
    terms: dict[str, str]  # "name": what one gets; "says": what for, and how long it is valid
    captioned: bool
    lessons: list[LessonFacts]
    features: NotRequired[
        list[str]
    ]  # what it offers people with disabilities: "captions", "keyboard", "reader"
    picture: NotRequired[dict[str, Any]]  # the author's own: "url", "srcset", …; empty: it is drawn
    needs_phone: NotRequired[bool]  # a phone of one's own, to take part
    head: NotRequired[str]  # HTML, printed from all the others
    gains: NotRequired[str]  # HTML, as well
