"""Nothing that was changed may be accepted, by anybody."""

import json
import random
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from typing import Any

from tests.browser.city import City
from tests.support.mutations import mutations
from tests.verify import peers, python_peer
from tests.verify.gathered import Gathered
from tests.verify.tally import Tally

COUNT = 1000
LABEL = "certificate-de"
Corpus = list[tuple[str, dict[str, Any]]]


def corpus(gathered: Gathered) -> Corpus:
    """The same at each run, for everybody, and in a file for `corpus.py`."""
    made = list(mutations(gathered.credential(LABEL), random.Random(2031), count=COUNT))
    documents = [document for _what, document in made]
    (gathered.folder / "mutations.json").write_text(json.dumps(documents))
    return made


def by_node(tally: Tally, gathered: Gathered, made: Corpus, by: str) -> None:
    found = list(peers.ask(gathered, [(by, "tampered", [document for _what, document in made])]))
    wrong = [made[each["number"]][0] for each in found if each["accepted"]]
    good = len(found) == COUNT and not wrong
    tally.say(peers.NAMES[by], good, f"rejects {COUNT} mutations", f"{len(found)}: {wrong[:5]}")


def by_openbadgeslib(tally: Tally, gathered: Gathered, made: Corpus) -> None:
    """In processes of its own: it works longest, and would keep this one from reading what others say."""
    methods = gathered.methods(gathered.credential(LABEL))
    look = partial(python_peer.accepts, methods=methods)
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        why_not = list(pool.map(look, [document for _what, document in made], chunksize=50))
    wrong = [what for (what, _document), why in zip(made, why_not, strict=True) if not why]
    tally.say("openbadgeslib", not wrong, f"rejects {COUNT} mutations", str(wrong[:5]))


def by_ours(tally: Tally, city: City, script: str) -> None:
    """Our own verifier; it looks at tokens, papers and pictures as well."""
    own = json.loads(city.manage("shell", "-v0", "-c", script).strip().splitlines()[-1])
    for kind, count in own["seen"].items():
        let = [what for what in own["passed"] if what.startswith(f"{kind}:")]
        tally.say("Lernstadt itself", not let, f"rejects {count} mutations ({kind})", str(let[:5]))
    for kind, verified in own["whole"].items():
        tally.say("Lernstadt itself", verified, f"accepts the untouched {kind}")
