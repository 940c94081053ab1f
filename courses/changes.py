"""What has changed between two issues of a course, pure: items and answer keys in, a proposal out.

A learner's progress hangs on items, so an edit that adds, removes, moves or hardens one is proposed as a new edition;
so is a rule that asks for something else. Everything else is a correction, printed for everybody at once.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from courses.rules import AttestationRule
from words.spelling import folded

Key = Mapping[str, Any]


class ChangedItem(NamedTuple):
    """Something that counts: its id, the position of its lesson, and its key as in `courses.quizzes`."""

    id: str
    lesson: int
    key: Key


class Changes(NamedTuple):
    """Ids of items, in the order of their course; `removed` in the order of the former one."""

    added: list[str]
    removed: list[str]
    moved: list[str]  # into another lesson, or their lesson to another place
    harder: list[str]  # an answer that was right may be wrong now, or there is more to choose from
    other_goal: bool  # another share, mark or number of sittings
    stricter: bool  # its attestation is harder to get, another one, or valid for a shorter time

    @property
    def other_items(self) -> bool:
        """A learner's list of items would be another one."""
        return bool(self.added or self.removed or self.moved)

    @property
    def must_be_new(self) -> bool:
        """Items and goal are what makes an edition: with others this cannot be a correction."""
        return self.other_items or self.other_goal

    @property
    def asks_for_new(self) -> bool:
        return self.must_be_new or bool(self.harder) or self.stricter


def compare(
    former: Sequence[ChangedItem],
    now: Sequence[ChangedItem],
    *,
    rules: tuple[AttestationRule, AttestationRule] = (AttestationRule(), AttestationRule()),
) -> Changes:
    """How a course has changed; `rules` are the former one and the one now.

    An item that only changed its place in its lesson has not changed.
    """
    old_rule, rule = rules
    was = {item.id: item for item in former}
    common = [item for item in now if item.id in was]
    here = {item.id for item in now}
    return Changes(
        added=[item.id for item in now if item.id not in was],
        removed=[item.id for item in former if item.id not in here],
        moved=[item.id for item in common if item.lesson != was[item.id].lesson],
        harder=[item.id for item in common if is_harder(was[item.id].key, item.key)],
        other_goal=rule.goal != old_rule.goal,
        stricter=rule.is_stricter_than(old_rule),
    )


def is_harder(old: Key, new: Key) -> bool:
    """Could somebody who answered `old` rightly be wrong with `new`, or have they more to choose from?"""
    return old["kind"] != new["kind"] or HARDER[new["kind"]](old, new)


def _choices(old: Key, new: Key) -> bool:
    right = [{c for c, says in key["choices"].items() if says["right"]} for key in (old, new)]
    return right[0] != right[1] or len(new["choices"]) > len(old["choices"])


def _gaps(old: Key, new: Key) -> bool:
    accepted = [[{folded(word) for word in gap} for gap in key["gaps"]] for key in (old, new)]
    if len(accepted[0]) != len(accepted[1]):
        return True
    return any(not was <= now for was, now in zip(*accepted, strict=True))


def _activity(old: Key, new: Key) -> bool:
    """Other answers, more points needed, or graded where it was not."""
    return old["grading"] != new["grading"] or new["share"] > old["share"]


HARDER: dict[str, Callable[[Key, Key], bool]] = {
    "single_choice": _choices,
    "multiple_choice": _choices,
    "true_false": lambda old, new: old["right"] != new["right"],
    "gap_text": _gaps,
    "ordering": lambda old, new: list(old["order"]) != list(new["order"]),
    "matching": lambda old, new: set(old["pairs"]) != set(new["pairs"]),
    "read": lambda _old, _new: False,
    "tried": lambda _old, _new: False,
    "h5p": _activity,
}
