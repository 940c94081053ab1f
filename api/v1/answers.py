"""What the doors of the API answer, as their document describes it."""

from datetime import date, datetime
from uuid import UUID

from ninja import Schema


class ProviderOf(Schema):
    slug: str
    name: str
    url: str


class CompetenceOf(Schema):
    """Of DigComp 3.0."""

    code: str
    title: str


class StepOf(Schema):
    """A step that can be read without an account."""

    title: str
    url: str
    minutes: int


class CourseAnswer(Schema):
    """A course in the catalogue. Its key and `lasting_url` never change."""

    key: UUID
    title: str
    summary: str
    lead: str
    goals: list[str]
    url: str
    lasting_url: str
    provider: ProviderOf
    languages: list[str]
    minutes: int
    level: str
    competences: list[CompetenceOf]
    licence: str
    changed_at: datetime
    open_steps: list[StepOf]


class CoursePageAnswer(Schema):
    items: list[CourseAnswer]
    next: str | None


class PlaceOf(Schema):
    name: str
    street: str
    postal_code: str
    city: str
    district: str
    steps: int | None
    lift: str
    toilet: str
    hearing_loop: str
    parking: str


class MeetingAnswer(Schema):
    starts_at: datetime
    ends_at: datetime
    about: str
    cancelled: bool
    place: PlaceOf | None


class ReductionOf(Schema):
    name: str
    price: int


class RunAnswer(Schema):
    """One time something takes place. Prices are in cents; `seats` empty: no limit; `begins_at` empty: no date yet."""

    key: UUID
    course: UUID | None
    title: str
    lead: str
    kind: str
    mode: str
    number: str
    language: str
    url: str
    provider: ProviderOf
    price: int
    reductions: list[ReductionOf]
    seats: int | None
    taken: int
    waiting: int
    book_until: datetime | None
    cancelled: bool
    begins_at: datetime | None
    ends_at: datetime | None
    meetings: list[MeetingAnswer]


class RunPageAnswer(Schema):
    items: list[RunAnswer]
    next: str | None


class LabelOf(Schema):
    """`kind`: pref (its name), alt (another word), hidden (a misspelling)."""

    language: str
    kind: str
    text: str


class ConceptAnswer(Schema):
    """What people ask for, in whatever words."""

    key: str
    competence: str
    broader: str | None
    replaced_by: str | None
    courses: int
    labels: list[LabelOf]


class ConceptPageAnswer(Schema):
    items: list[ConceptAnswer]
    next: str | None


class HouseRunAnswer(Schema):
    """`seats` empty: no limit; `begins_at` empty: no date yet."""

    key: UUID
    title: str
    number: str
    semester: str
    published: bool
    cancelled: bool
    seats: int | None
    taken: int
    waiting: int
    begins_at: datetime | None
    ends_at: datetime | None


class HouseRunPageAnswer(Schema):
    items: list[HouseRunAnswer]
    next: str | None


class ParticipantAnswer(Schema):
    """`booked_by`: somebody else booked for them; `guardian`: who booked answers for a child; `present`: when they were there."""

    number: str
    name: str
    booked_by: str
    email: str
    phone: str
    language: str
    state: str
    price: int
    price_name: str
    guardian: bool
    made_at: datetime
    present: list[datetime]


class ParticipantPageAnswer(Schema):
    items: list[ParticipantAnswer]
    next: str | None


class EnrolmentAnswer(Schema):
    """`done` of `total`: what counts in it. `closed_at`: they have left it."""

    course: UUID
    title: str
    provider: str
    url: str
    started_at: datetime
    touched_at: datetime
    completed_at: datetime | None
    closed_at: datetime | None
    done: int
    total: int


class EnrolmentPageAnswer(Schema):
    items: list[EnrolmentAnswer]
    next: str | None


class OwnCertificateAnswer(Schema):
    """`state`: issued, expired, superseded, suspended, revoked or compromised."""

    number: str
    title: str
    kind: str
    provider: str
    issued_at: datetime
    valid_until: datetime | None
    state: str
    url: str


class OwnCertificatePageAnswer(Schema):
    items: list[OwnCertificateAnswer]
    next: str | None


class PeriodAnswer(Schema):
    """`key` is what /figures is asked with: 2026-10, 2026-q4, 2026-h2, 2026."""

    key: str
    starts: date
    ends: date


class PeriodsAnswer(Schema):
    items: list[PeriodAnswer]


class CellAnswer(Schema):
    """What is not there is called "below 5" on the page: none to nine persons."""

    values: dict[str, str]
    measure: str
    figure: int


class FiguresAnswer(Schema):
    period: str
    by: list[str]
    where: dict[str, str]
    cells: list[CellAnswer]


class ProblemError(Schema):
    at: str
    code: str
    says: str


class Problem(Schema):
    """RFC 9457."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[ProblemError] = []
    scope: str = ""
