"""Verifiers of other people look at what was gathered: those of npm in node, those of PyPI in Python."""

import itertools
import json
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from config.embedded import assets
from tests.verify import python_peer
from tests.verify.gathered import Gathered
from tests.verify.tally import Tally

HERE = Path(__file__).parent
NUMBERS = itertools.count()
Check = tuple[str, str, list[Any]]  # verifier, label, documents


def ask(gathered: Gathered, checks: Iterable[Check]) -> Iterator[dict[str, Any]]:
    """What the verifiers of npm say about each document, as they say it: by, label, number, accepted, says."""
    listed, run = [], next(NUMBERS)
    for number, (by, label, documents) in enumerate(checks):
        name = f"asked-{run}-{number}.json"
        (gathered.folder / name).write_text(json.dumps(documents))
        listed.append({"by": by, "label": label, "file": name})
    manifest = gathered.folder / f"manifest-{run}.json"
    manifest.write_text(json.dumps(gathered.manifest | {"checks": listed}))
    node = assets.node_command().node
    command = [*node, str(HERE / "verify.mjs"), str(manifest)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout or ():
            if line.startswith("{"):
                yield json.loads(line)
    if process.returncode:
        raise RuntimeError(f"node ended with {process.returncode}")


def signatures(tally: Tally, gathered: Gathered) -> None:
    """Every kind, script and fate of a certificate, by every verifier of its form."""
    expected = {label: issued["expected"] for label, issued in gathered.made.items()}
    checks: list[Check] = []
    for label in gathered.made:
        credential = gathered.credential(label)
        checks += [(by, label, [credential]) for by in ("bazaar", "consortium", "web")]
        token, jwk = gathered.token(label)
        checks.append(("jose", label, [{"jwt": token, "jwk": jwk}]))
    extra = gathered.extra()
    bound = "bound to a wallet"
    expected[bound] = "valid"
    checks += [(by, bound, [extra["bound"]]) for by in ("bazaar", "consortium")]
    for label, asked in extra["sd_jwts"].items():
        expected[f"SD-JWT, {label}"] = "changed" if label == "changed" else "valid"
        checks.append(("sd-jwt-vc", f"SD-JWT, {label}", [asked]))
    for found in ask(gathered, checks):
        _compare(tally, found, expected[found["label"]])


def _compare(tally: Tally, found: dict[str, Any], expected: str) -> None:
    # a token's status is not jose's business, nor a second status entry verifier-core's
    blind = found["by"] == "jose" or (found["by"] == "consortium" and expected == "suspended")
    word = "accepts" if found["accepted"] else "rejects"
    good = found["accepted"] == (blind or expected == "valid")
    tally.say(NAMES[found["by"]], good, f"{word} {found['label']}", found["says"])


#: What a verifier of verify.mjs is called in the table.
NAMES = {
    "bazaar": "@digitalbazaar/vc",
    "consortium": "verifier-core",
    "web": "did:web over HTTPS",
    "jose": "jose (JWT)",
    "sd-jwt-vc": "@sd-jwt/sd-jwt-vc",
    "schema": "OB 3.0 JSON schema",
}


def in_python(tally: Tally, gathered: Gathered) -> None:
    """openbadgeslib looks at credentials and tokens, sd-jwt (the reference implementation) at SD-JWTs."""
    for label in gathered.made:
        credential = gathered.credential(label)
        why = python_peer.accepts(credential, gathered.methods(credential))
        tally.say("openbadgeslib", not why, f"accepts {label}", why)
        why = python_peer.accepts_token(*gathered.token(label))
        tally.say("openbadgeslib (JWT)", not why, f"accepts {label}", why)
    for label, asked in gathered.extra()["sd_jwts"].items():
        why = python_peer.accepts_sd_jwt(asked["token"], asked["jwk"], asked.get("show"))
        good = bool(why) == (label == "changed")
        tally.say("sd-jwt (Python)", good, f"{'rejects' if why else 'accepts'} {label}", why)


#: What 1EdTech's schema has against a certificate as it is, and nothing else: docs/verifying.md says whose words allow it.
SPELLED_OTHERWISE = "/proof must be array; /credentialStatus must be object"


def schema(tally: Tally, gathered: Gathered, file: Path) -> None:
    """1EdTech's JSON schema for every certificate, with each status entry by itself; and for three that break it."""
    rules = json.loads(file.read_text())
    asked: list[tuple[str, bool, Any]] = []
    for label in gathered.made:
        credential = gathered.credential(label)
        asked += [
            (f"{label} ({entry['statusPurpose']})", True, _spelled(credential, entry))
            for entry in credential["credentialStatus"]
        ]
    whole = asked[0][2]
    for name in ("credentialSubject", "validFrom", "issuer"):
        asked.append((f"one without {name}", False, {n: v for n, v in whole.items() if n != name}))
    documents = [{"schema": rules, "credential": each} for _what, _fits, each in asked]
    for found in ask(gathered, [("schema", "", documents)]):
        what, fits, _document = asked[found["number"]]
        word = "accepts" if found["accepted"] else "rejects"
        tally.say(NAMES["schema"], found["accepted"] == fits, f"{word} {what}", found["says"])
    as_it_is = {"schema": rules, "credential": credential}
    (found,) = ask(gathered, [("schema", "", [as_it_is])])
    if found["says"] == SPELLED_OTHERWISE:
        tally.leave_out(NAMES["schema"], "one proof and two status entries", found["says"])
    else:
        tally.say(NAMES["schema"], found["accepted"], "as it is", found["says"])


def _spelled(credential: dict[str, Any], entry: dict[str, Any]) -> dict[str, Any]:
    """As the JSON binding writes it (OB 3.0 § A.1), with the one status entry that the model of Open Badges has room for."""
    return credential | {"proof": [credential["proof"]], "credentialStatus": entry}
