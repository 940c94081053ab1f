"""What a certificate costs: signing, the fast way, the whole thing with its sealed paper, the first check of one.

In this process, under the system lens; CPU time of this process and of its backend. The paper is an ordinary one (six
lessons, three competences), rendered warm as in a worker.
"""

import time
from collections.abc import Callable
from typing import Any, NamedTuple

from tests.bench.press import Used

ROUNDS, TIMES = 3, 25


class Cost(NamedTuple):
    """CPU-ms, the least of all; what is measured takes turns, as pages do. `per_second` whole certificates on one core."""

    sign: float
    fast: float
    verify: float
    whole: float
    kilobytes: float

    @property
    def per_second(self) -> float:
        return 1000 / self.whole


LIMITS = {"sign": 10.0, "fast": 0.5, "verify": 12.0, "whole": 120.0, "kilobytes": 40.0}


def cost(used: Used) -> Cost:
    """Django is set up (`tests.bench.tenancy` has done it) and the city is running."""
    from certificates import actions, tasks
    from certificates.openbadges import sign
    from certificates.openbadges.canonical import canonical
    from certificates.openbadges.shapes import canonical_fast
    from certificates.verification.examine import examine_credential
    from tenancy.lens import look, public, system
    from tests import factories
    from tests.support.holders import complete

    tasks.begin()
    provider = factories.make_provider("messung")
    course = factories.make_course(provider, lessons=6, title="Sechs Schritte")
    enrolments = iter([complete(provider, f"Anna {n}", course) for n in range(ROUNDS * TIMES + 1)])
    with look(system("bench")):
        credential: Any = actions.issue_certificate(next(enrolments)).credential
        key, private = actions.active_key(provider.pk)
    unsigned = {name: value for name, value in credential.items() if name != "proof"}
    created = unsigned["validFrom"]

    def check() -> None:
        with look(public):
            assert examine_credential(credential).verified

    made: list[bytes] = []
    works = {
        "sign": lambda: sign(
            unsigned, private, method=key.method, created=created, canon=canonical
        ),
        "fast": lambda: canonical_fast(unsigned),
        "verify": check,
        "whole": lambda: made.append(_whole(next(enrolments))),
    }
    spent = [{name: least(used, do) for name, do in works.items()} for _ in range(ROUNDS)]
    best = {name: min(round_[name] for round_ in spent) for name in works}
    return Cost(**best, kilobytes=len(made[-1]) / 1000)


def _whole(enrolment: Any) -> bytes:
    """Issued, signed, verified, stored; set, sealed, kept."""
    from certificates import actions, queries, tokens
    from certificates.models import Recipient
    from certificates.paper import sealed
    from tenancy.lens import look, system

    with look(system("bench")):
        issued = actions.issue_certificate(enrolment)
        held = queries.by_hash(issued.token_hash)
        assert held
        number = tokens.grouped(Recipient.objects.get(certificate=issued).token)
        line, sealer = actions.paper_line(held, number), actions.sealer_of(held.provider)
        return sealed.make(held, number, "de", line=line, sealer=sealer)


def least(used: Used, do: Callable[[], Any]) -> float:
    """CPU-ms of one time: a busy machine disturbs all others."""
    from django.db import connection

    spent = []
    for _ in range(TIMES):
        connection.ensure_connection()
        backend = connection.connection.info.backend_pid
        started = time.process_time() * 1000 + used(backend)
        do()
        spent.append(time.process_time() * 1000 + used(backend) - started)
    return min(spent)


def tell(found: Cost) -> int:
    """One line; 1 when one of the limits is passed."""
    late = [name for name, most in LIMITS.items() if getattr(found, name) > most]
    print(
        f"certificates: sign {found.sign:.1f} CPU-ms (<= 10), fast way {found.fast:.2f} (<= 0.5),"
        f" first check {found.verify:.1f} (<= 12), whole with sealed paper {found.whole:.0f} (<= 120)"
        f" = {found.per_second:.1f} per second and core (>= 8), {found.kilobytes:.0f} kB (<= 40)"
        f"{'  over budget: ' + ', '.join(late) if late else ''}"
    )
    return int(bool(late))
