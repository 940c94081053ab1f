import json
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from django.core.management.base import BaseCommand, CommandError, CommandParser

from courses.models import CatalogueEntry
from courses.queries import Wanted, search
from tenancy.lens import look, public


class SetQuestion(NamedTuple):
    kind: str  # two letters: a language; else what is hard about the question
    question: str
    wanted: str  # slug of the course that should be found; empty: nothing should


class SetAnswer(NamedTuple):
    asked: SetQuestion
    place: int  # of the wanted course, from 1; 0: not among the first twenty
    shown: int


class Command(BaseCommand):
    help = "Ask the catalogue the questions of a file (kind, question, slug of the right course; tabs) and count what is found."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--misses", action="store_true", help="name what was not in the first three"
        )
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        answers = [*answer(_read(options["file"]))]
        if options["json"]:
            self.stdout.write(json.dumps({kind: _shares(each) for kind, each in grouped(answers)}))
            return
        self.stdout.write(f"{'kind':12}{'asked':>7}{'first':>8}{'top 3':>8}")
        for kind, each in grouped(answers):
            first, three = _shares(each)
            self.stdout.write(f"{kind:12}{len(each):7}{first:7.0f}%{three:7.0f}%")
        for missed in answers if options["misses"] else ():
            if not _right(missed, 3):
                self.stdout.write(f"{missed.asked.kind}: {missed.asked.question} ({missed.place})")


def _read(file: Path) -> list[SetQuestion]:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except OSError as missing:
        raise CommandError(f"There is no file {file}.") from missing
    rows = [line.split("\t") for line in lines if line.strip() and not line.startswith("kind\t")]
    return [
        SetQuestion(*row) if len(row) == 3 else SetQuestion("nothing", row[0], "") for row in rows
    ]


def answer(questions: Iterable[SetQuestion]) -> Iterable[SetAnswer]:
    with look(public):
        slugs = dict(CatalogueEntry.objects.values_list("address", "course"))
        for asked in questions:
            cards = search(Wanted(asked.question), language="de").cards
            there = [f"/{asked.wanted}/" in card.partition("<a href=")[2][:200] for card in cards]
            if asked.wanted and not any(a.endswith(f"/{asked.wanted}") for a in slugs):
                raise CommandError(f"There is no course {asked.wanted}.")
            yield SetAnswer(asked, there.index(True) + 1 if True in there else 0, len(cards))


def grouped(answers: list[SetAnswer]) -> list[tuple[str, list[SetAnswer]]]:
    """By kind, then all German kinds and all languages together."""
    kinds: dict[str, list[SetAnswer]] = defaultdict(list)
    for each in answers:
        kinds[each.asked.kind].append(each)
        if each.asked.wanted:
            kinds["~foreign" if len(each.asked.kind) == 2 else "~German"].append(each)
    return [(kind.strip("~"), kinds[kind]) for kind in sorted(kinds)]


def _shares(answers: list[SetAnswer]) -> tuple[float, float]:
    """Per cent with the right course first, and among the first three."""
    first, three = (sum(_right(each, n) for each in answers) for n in (1, 3))
    return 100 * first / len(answers), 100 * three / len(answers)


def _right(each: SetAnswer, places: int) -> bool:
    return 0 < each.place <= places if each.asked.wanted else not each.shown
