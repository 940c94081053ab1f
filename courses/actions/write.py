"""Writing a step at our own desk, on Wagtail's models: every act is a draft (a revision), with the same block ids.

Acts on one step wait for each other (row lock of the page). A block is compared by its fingerprint: what a colleague has
changed meanwhile elsewhere in the step stays, what they have changed in this block is not overwritten (`Touched`).
"""

import hashlib
import json
import re
import uuid
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone
from wagtail.models import Revision

from accounts.models import User
from courses.actions.publish import Locked
from courses.models import CoursePage, LessonPage, WritingAct
from courses.models.parts import parts_of, put_parts

Raw = dict[str, Any]  # a block as it is stored: {"type", "value", "id"}
Body = list[Raw]
Written = CoursePage | LessonPage
Made = Sequence[tuple[str, Any]]  # kinds and values of new blocks; one at least
Change = Callable[[Raw], tuple[str, Any]]  # a stored block -> the kind and the value it shall have
#: So long an author's acts go into one revision; then the next begins.
SAME_REVISION = timedelta(minutes=10)
#: So long the acts on one block are undone at once.
SAME_ACT = timedelta(seconds=20)
#: What stands above the blocks of a step.
NAMED = ("title", "minutes", "open")
#: Wagtail's number of a line, as it stands in JSON. A line that is stored anew gets another one, and says the same.
LINE_KEY = re.compile(r' data-block-key=\\"[^"]*\\"')


class Gone(Exception):
    """The block is not in the step any more."""


class Touched(Exception):
    """Somebody has changed this block meanwhile: `block` is how it is now, `mine` what was to be stored."""

    def __init__(self, block: Raw, mine: Raw | None = None) -> None:
        super().__init__(block["id"])
        self.block, self.mine = block, mine or block


class Renamed(Exception):
    """Somebody has changed a field of a step meanwhile: `name` is `now` what it is."""

    def __init__(self, name: str, now: Any) -> None:
        super().__init__(name)
        self.name, self.now = name, now


class DeskAct(NamedTuple):
    """What is done to a step. `form` is the number of the form that asked for it: sent again, it does nothing more."""

    kind: str
    block: str  # its id
    form: uuid.UUID | None = None
    target: int | None = None


class Saved(NamedTuple):
    """A page after an act."""

    page: Any  # Written
    revision: Revision
    block: str  # its id

    def raw(self) -> Raw:
        return _find(body_of(self.page), self.block)


def body_of(page: Written) -> Body:
    """The blocks of a step as they are stored, with their ids; of a course the parts of its plan."""
    if isinstance(page, CoursePage):
        return parts_of(page)
    body: Body = page.body.get_prep_value()
    return body


def fields_of(page: Written) -> Raw:
    """What can be written of a step at the desk."""
    named = NAMED if isinstance(page, LessonPage) else ()
    return {"body": body_of(page), **{name: getattr(page, name) for name in named}}


def fingerprint(block: Raw) -> str:
    """Of what a block says, its kind included. Equal words have the same, however often they were stored."""
    says = json.dumps([block["type"], block["value"]], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(LINE_KEY.sub("", says).encode()).hexdigest()[:16]


@transaction.atomic
def write_block(step: Written, block: str, change: Change, *, base: str, by: User) -> Saved:
    """What `change` makes of the block as it is stored now. `base` is the fingerprint it was written upon; empty: any.

    Raises Gone, Touched, Locked.
    """
    page = _open(step, by)
    body = body_of(page)
    now = _find(body, block)
    kind, value = change(now)
    new = {**now, "type": kind, "value": value}
    if fingerprint(new) == fingerprint(now):
        return Saved(page, page.get_latest_revision(), block)
    if base and base != fingerprint(now):
        raise Touched(now, new)
    changed = [new if one["id"] == block else one for one in body]
    return _save(page, changed, DeskAct(WritingAct.Kind.WRITTEN, block), by=by)


def add_block(
    step: LessonPage, kind: str, value: Any, *, after: str, by: User, form: uuid.UUID | None = None
) -> Saved:
    """A new block behind `after` (empty: at the beginning; unknown: at the end). Raises Locked."""
    return add_blocks(step, [(kind, value)], after=after, by=by, form=form)


@transaction.atomic
def add_blocks(
    step: LessonPage, made: Made, *, after: str, by: User, form: uuid.UUID | None = None
) -> Saved:
    """Several at once, one behind the other; one undo takes all of them back. Raises Locked."""
    page = _open(step, by)
    if done := _done(page, form):
        return done
    body = body_of(page)
    new = [{"type": kind, "value": value, "id": str(uuid.uuid4())} for kind, value in made]
    at = 0 if not after else next((n for n, b in enumerate(body, 1) if b["id"] == after), len(body))
    act = DeskAct(WritingAct.Kind.ADDED, new[0]["id"], form)
    return _save(page, [*body[:at], *new, *body[at:]], act, by=by)


@transaction.atomic
def copy_block(step: LessonPage, block: str, *, by: User, form: uuid.UUID | None = None) -> Saved:
    """The same once more below, with ids of its own: it asks its own question. Raises Gone, Locked."""
    page = _open(step, by)
    if done := _done(page, form):
        return done
    body = body_of(page)
    new = with_new_ids(_find(body, block))
    at = [one["id"] for one in body].index(block) + 1
    return _save(
        page, [*body[:at], new, *body[at:]], DeskAct(WritingAct.Kind.ADDED, new["id"], form), by=by
    )


def with_new_ids(raw: Any) -> Any:
    """A copy of a stored value, in which every block and every row has an id of its own."""
    if isinstance(raw, list):
        return [with_new_ids(one) for one in raw]
    if not isinstance(raw, dict):
        return raw
    copied = {name: with_new_ids(value) for name, value in raw.items()}
    if {"type", "value", "id"} <= raw.keys():
        copied["id"] = str(uuid.uuid4())
    return copied


@transaction.atomic
def move_block(
    step: LessonPage, block: str, *, by: User, places: int, form: uuid.UUID | None = None
) -> Saved:
    """`places` down, or up when it is below zero; not beyond the ends. Raises Gone, Locked."""
    page = _open(step, by)
    if done := _done(page, form):
        return done
    body = body_of(page)
    _find(body, block)
    at = [one["id"] for one in body].index(block)
    to = max(0, min(len(body) - 1, at + places))
    if to == at:
        return Saved(page, page.get_latest_revision(), block)
    moved = body.pop(at)
    body.insert(to, moved)
    return _save(page, body, DeskAct(WritingAct.Kind.MOVED, block, form), by=by)


@transaction.atomic
def remove_block(step: LessonPage, block: str, *, by: User, form: uuid.UUID | None = None) -> Saved:
    """Out of the step; it can be undone. Raises Gone, Locked."""
    page = _open(step, by)
    if done := _done(page, form):
        return done
    body = body_of(page)
    _find(body, block)
    kept = [one for one in body if one["id"] != block]
    return _save(page, kept, DeskAct(WritingAct.Kind.REMOVED, block, form), by=by)


@transaction.atomic
def send_block(
    step: LessonPage, block: str, *, to: LessonPage, by: User, form: uuid.UUID | None = None
) -> Saved:
    """To the end of another step of the same course, with its id: it stays the same question. Raises Gone, Locked."""
    first, second = sorted((step, to), key=lambda page: page.pk)
    pages = {page.pk: _open(page, by) for page in (first, second)}
    source, target = pages[step.pk], pages[to.pk]
    if done := _done(source, form):
        return done
    body = body_of(source)
    sent = _find(body, block)
    _draft(target, [*body_of(target), sent], by=by)
    kept = [one for one in body if one["id"] != block]
    return _save(source, kept, DeskAct(WritingAct.Kind.SENT, block, form, to.pk), by=by)


@transaction.atomic
def name_step(
    step: LessonPage, *, by: User, upon: Mapping[str, Any] | None = None, **fields: Any
) -> Saved:
    """`title`, `minutes`, `open`: what a step is called, and what stands above it. Raises Locked, Renamed.

    `upon`: what they were when `by` began; who has left one as it was does not change it.
    """
    page = _open(step, by)
    former = upon or {}
    mine = {name: value for name, value in fields.items() if former.get(name) != value}
    changed = {name: value for name, value in mine.items() if getattr(page, name) != value}
    if not changed:
        return Saved(page, page.get_latest_revision(), "")
    for name, value in changed.items():
        if name in former and getattr(page, name) != former[name]:
            raise Renamed(name, getattr(page, name))
        setattr(page, name, value)
    return Saved(page, _draft(page, None, by=by), "")


@transaction.atomic
def undo(step: Written, *, by: User, shown: int | None = None) -> Saved | None:
    """Take back the last act of `by` on `step`; None: there is none, or the one that was `shown` as the last is undone.

    Raises Touched, Gone, Locked.
    """
    page = _open(step, by)
    acts = WritingAct.objects.filter(page=page.pk, by=by)
    act = acts.last()
    if act is None or (shown is not None and not acts.filter(pk=shown).exists()):
        return None
    body = body_of(page)
    now = {one["id"]: one for one in body}
    for block, after in act.after["blocks"].items():
        if now.get(block) != after:
            if block in now:
                raise Touched(now[block])
            raise Gone
    if act.target is not None:
        _take_back(act, by)
    revision = _draft(page, _former(body, act), by=by)
    act.delete()
    return Saved(page, revision, next(iter(act.before["blocks"]), ""))


def _take_back(act: WritingAct, by: User) -> None:
    """A block that was sent to another step leaves it again, as long as nobody has changed it there."""
    target = LessonPage.objects.filter(pk=act.target).first()
    if target is None:
        raise Gone
    page = _open(target, by)
    [(block, sent)] = act.before["blocks"].items()
    body = body_of(page)
    now = _find(body, block)
    if now != sent:
        raise Touched(now)
    _draft(page, [one for one in body if one["id"] != block], by=by)


def _former(body: Body, act: WritingAct) -> Body:
    """`body` as it was before `act`; what others have added meanwhile stays behind what it stood behind."""
    blocks = {one["id"]: one for one in body}
    for block, before in act.before["blocks"].items():
        if before is None:
            blocks.pop(block, None)
        else:
            blocks[block] = before
    order = [block for block in act.before["order"] if block in blocks]
    behind = ""
    for one in body:
        if one["id"] in blocks and one["id"] not in order:
            order.insert(order.index(behind) + 1 if behind in order else 0, one["id"])
        behind = one["id"]
    return [blocks[block] for block in order]


@transaction.atomic
def bring_back_state(step: Written, revision: Revision, *, by: User) -> Saved:
    """An older state is the newest draft again, as a state of its own. Raises Locked."""
    page = _open(step, by)
    former = revision.as_object()
    if fields_of(former) == fields_of(page):
        return Saved(page, page.get_latest_revision(), "")
    new = former.save_revision(user=by, previous_revision=revision, log_action=True, clean=False)
    WritingAct.objects.filter(page=page.pk).delete()
    return Saved(former, new, "")


def _open(step: Written, by: User) -> Any:
    """The newest draft, for this transaction alone. It is read once the row is ours: who waited sees what was saved meanwhile."""
    pages = type(step)._default_manager.select_related("provider", "locale")
    stored = pages.select_for_update(of=("basepage_ptr",)).get(pk=step.pk)
    lock = stored.get_lock()
    if lock and lock.for_user(by):
        raise Locked(stored)
    return stored.get_latest_revision_as_object()


def block_of(step: Written, block: str) -> Raw:
    """As it is stored now. Raises Gone."""
    return _find(body_of(step.get_latest_revision_as_object()), block)


def _find(body: Body, block: str) -> Raw:
    for one in body:
        if one["id"] == block:
            return one
    raise Gone


def _done(page: Written, form: uuid.UUID | None) -> Saved | None:
    """The step as it is now, when this form has come before and nobody has undone what it asked for."""
    act = WritingAct.objects.filter(page=page.pk, form=form).first() if form else None
    return Saved(page, page.get_latest_revision(), act.block) if act else None


def _save(page: Written, body: Body, act: DeskAct, *, by: User) -> Saved:
    before = body_of(page)
    revision = _draft(page, body, by=by)
    _remember(page, act, _patch(before, body), _patch(body, before), by=by)
    return Saved(page, revision, act.block)


def _draft(page: Written, body: Body | None, *, by: User) -> Revision:
    if isinstance(page, CoursePage):
        put_parts(page, body or ())
    elif body is not None:
        page.body = page.body.stream_block.to_python(body)
    mine = _mine(page, by)
    page.save_revision(user=by, log_action=mine is None, clean=False, overwrite_revision=mine)
    revision: Revision = page.latest_revision
    return revision


def _mine(page: Written, by: User) -> Revision | None:
    """The revision that `by` goes on with: begun here a short while ago, and nobody else has been shown it as finished."""
    latest = page.get_latest_revision()
    if latest is None or latest.user_id != by.pk:
        return None
    first = WritingAct.objects.filter(page=page.pk, by=by, revision=latest.pk).first()
    if first is None or timezone.now() - first.begun_at > SAME_REVISION:
        return None
    return latest if page.may_overwrite(latest) else None


def _remember(page: Written, act: DeskAct, was: Raw, now: Raw, *, by: User) -> None:
    acts = WritingAct.objects.filter(page=page.pk, by=by)
    last = acts.last()
    if last and _goes_on(last, act.kind, now):
        WritingAct.objects.filter(pk=last.pk).update(after=now, at=timezone.now())
        return
    WritingAct.objects.create(
        provider_id=page.provider_id,
        page=page,
        by=by,
        kind=act.kind,
        block=act.block,
        form=act.form,
        before=was,
        after=now,
        target=act.target,
        revision=page.latest_revision_id,
    )
    old = acts.order_by("-pk").values_list("pk", flat=True)[WritingAct.MOST : WritingAct.MOST + 20]
    WritingAct.objects.filter(pk__in=list(old)).delete()


def _goes_on(last: WritingAct, kind: str, now: Raw) -> bool:
    """The same block is written on: one undo takes all of it back."""
    same = (
        last.kind == kind == WritingAct.Kind.WRITTEN
        and last.after["blocks"].keys() == now["blocks"].keys()
    )
    return same and timezone.now() - last.at < SAME_ACT


def _patch(body: Body, other: Body) -> Raw:
    """How `body` was, where `other` differs."""
    mine, theirs = ({one["id"]: one for one in each} for each in (body, other))
    touched = [b for b in [*mine, *theirs] if mine.get(b) != theirs.get(b)]
    return {
        "order": [*mine],
        "blocks": {block: mine.get(block) for block in dict.fromkeys(touched)},
    }
