"""`./dev verify-certificates`: what we issue, looked at by verifiers that other people wrote; then everything tampered with.

One line per check and a total. Needs Chromium no more than the network: what the verifiers would fetch lies in a folder.
"""

import json
import os
import random
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from certificates.openbadges import key_id
from certificates.openbadges.canonical import contexts
from config.embedded import assets, packages
from tests import verapdf
from tests.browser.city import City, running_city
from tests.mutations import mutations
from tests.verify import python_peer

HERE = Path(__file__).parent
TAMPERED = 1000
ACCEPTED = ("valid",)


class Tally:
    """One line per check, and at the end how many of them there were."""

    def __init__(self) -> None:
        self.good = self.bad = 0

    def say(self, good: bool, line: str, why: str = "") -> None:
        self.good, self.bad = self.good + good, self.bad + (not good)
        print(
            f"{'ok  ' if good else 'FAIL'} {line}{f'  ({why})' if why and not good else ''}",
            flush=True,
        )


def main() -> int:
    packages.for_verapdf()
    _npm()
    tally = Tally()
    with running_city("verify") as city:
        folder = Path(city.env["LERNSTADT_VAR"]) / "verify"
        folder.mkdir()
        city.env["VERIFY_FOLDER"] = str(folder)
        made: dict[str, dict[str, Any]] = json.loads(_shell(city, "issue.py"))
        _load(city, folder, made)
        manifest = _manifest(city, folder, made)
        _signatures(tally, folder, made, manifest)
        _papers(tally, folder, made)
        _tampered(tally, city, folder, manifest)
        kept = Path(os.environ["LERNSTADT_VAR"]) / "papers"
        shutil.rmtree(kept, ignore_errors=True)
        shutil.copytree(folder, kept)
    print(
        f"\n{tally.good + tally.bad} checks, {tally.bad} failed. The files are in {kept.name}/ beside the databases."
    )
    return 1 if tally.bad else 0


def _npm() -> None:
    flags = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    if not (HERE / "node_modules").is_dir():
        subprocess.run([*assets.node_command().npm, "ci", *flags], cwd=HERE, check=True)


def _shell(city: City, script: str) -> str:
    return city.manage("shell", "-v0", "-c", (HERE / script).read_text()).strip().splitlines()[-1]


def _get(url: str, accept: str = "*/*") -> bytes:
    asked = urllib.request.Request(url, headers={"Accept": accept})  # noqa: S310 -- loopback
    with urllib.request.urlopen(asked) as answer:  # noqa: S310 -- loopback
        return bytes(answer.read())


def _load(city: City, folder: Path, made: dict[str, dict[str, Any]]) -> None:
    """Everything as a stranger gets it, by the number alone."""
    for label, issued in made.items():
        page = f"{city.url}/z/{issued['number']}"
        for kind in ("json", "jwt"):
            (folder / f"{label}.{kind}").write_bytes(_get(f"{page}.{kind}"))
        if issued["expected"] == "valid":
            for language in ("de", "en"):
                name = f"{label}.pdf" if language == "de" else f"{label}.en.pdf"
                (folder / name).write_bytes(_get(f"{page}.pdf?sprache={language}"))


def _here(city: City, url: str) -> str:
    """The demo was loaded under another port, which stands in its DIDs and lists for ever: the same path, served now."""
    return city.url + urlsplit(url).path


def _manifest(city: City, folder: Path, made: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Which document lies where; DID documents and lists as they are served now."""
    served: dict[str, str] = {}
    dids: dict[str, str] = {}

    def keep(url: str, content: bytes) -> None:
        name = f"served-{len(served)}.json"
        (folder / name).write_bytes(content)
        served[url] = name

    for url, context in contexts().items():
        keep(url, json.dumps(context).encode())
    for label in made:
        credential = json.loads((folder / f"{label}.json").read_text())
        did = credential["issuer"]["id"]
        if did not in dids:
            host, _, path = did.removeprefix("did:web:").partition(":")
            address = f"{host.replace('%3A', ':')}/{path.replace(':', '/')}/did.json"
            dids[did] = f"http://{address}"
            document = _get(_here(city, f"http://{address}"))
            keep(f"http://{address}", document)
            keep(f"https://{address}", document)
        for entry in credential["credentialStatus"]:
            if entry["statusListCredential"] not in served:
                url = entry["statusListCredential"]
                keep(url, _get(_here(city, url)))
    known = {"name": "city", "location": "city", "url": "https://city.invalid"}
    registry = {
        "meta": {"created": "2026-01-01", "updated": "2026-01-01"},
        "registry": dict.fromkeys(dids, known),
    }
    keep("https://registry.invalid/r.json", json.dumps(registry).encode())
    return {"served": served, "dids": dids}


def _peers(
    folder: Path, manifest: dict[str, Any], checks: Iterable[tuple[str, str, list[Any]]]
) -> list[dict[str, Any]]:
    """What the verifiers of npm say about documents: (verifier, label, documents)."""
    listed = []
    for number, (by, label, documents) in enumerate(checks):
        name = f"asked-{number}.json"
        (folder / name).write_text(json.dumps(documents))
        listed.append({"by": by, "label": label, "file": name})
    (folder / "manifest.json").write_text(json.dumps(manifest | {"checks": listed}))
    node = assets.node_command().node
    done = subprocess.run(
        [*node, str(HERE / "verify.mjs"), str(folder)],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def _jwk(folder: Path, label: str) -> tuple[str, dict[str, Any]]:
    token = (folder / f"{label}.jwt").read_text()
    return token, json.loads(_get(key_id(token)))


def _signatures(
    tally: Tally, folder: Path, made: dict[str, dict[str, Any]], manifest: dict[str, Any]
) -> None:
    checks: list[tuple[str, str, list[Any]]] = []
    for label in made:
        credential = json.loads((folder / f"{label}.json").read_text())
        checks += [("bazaar", label, [credential]), ("consortium", label, [credential])]
        token, jwk = _jwk(folder, label)
        checks.append(("jose", label, [{"jwt": token, "jwk": jwk}]))
    wallet = json.loads((folder / "wallet.json").read_text())
    made = made | {"bound to a wallet": {"expected": "valid"}}
    checks += [(by, "bound to a wallet", [wallet["bound"]]) for by in ("bazaar", "consortium")]
    for label, asked in wallet["sd_jwts"].items():
        made[f"SD-JWT, {label}"] = {"expected": "changed" if label == "changed" else "valid"}
        checks.append(("sd-jwt-vc", f"SD-JWT, {label}", [asked]))
    for found in _peers(folder, manifest, checks):
        expected = made[found["label"]]["expected"]
        # a token's status is not jose's business, nor a second status entry verifier-core's
        blind = found["by"] == "jose" or (found["by"] == "consortium" and expected == "suspended")
        wanted = blind or expected in ACCEPTED
        word = "accepts" if found["accepted"] else "rejects"
        tally.say(
            found["accepted"] == wanted, f"{found['by']:11} {word} {found['label']}", found["says"]
        )
    for label in filter(lambda label: (folder / f"{label}.json").exists(), made):
        credential = json.loads((folder / f"{label}.json").read_text())
        why = python_peer.accepts(credential, _methods(folder, manifest, credential))
        tally.say(not why, f"openbadgeslib accepts {label}", why)
        why = python_peer.accepts_token(*_jwk(folder, label))
        tally.say(not why, f"openbadgeslib accepts {label} as JWT", why)


def _methods(folder: Path, manifest: dict[str, Any], credential: dict[str, Any]) -> list[str]:
    address = manifest["dids"][credential["issuer"]["id"]]
    document = json.loads((folder / manifest["served"][address]).read_text())
    return list(document["assertionMethod"])


def _papers(tally: Tally, folder: Path, made: dict[str, dict[str, Any]]) -> None:
    """Both standards before and after sealing, and the seal by Poppler."""
    sealed = [
        path
        for path in sorted(folder.glob("*.pdf"))
        if not path.name.endswith(".plain.pdf") and path.name.partition(".")[0] in made
    ]
    for judged in verapdf.validate([*sorted(folder.glob("*.plain.pdf")), *sealed]):
        what = f"veraPDF {judged.flavour:3} {judged.file.name} ({judged.checks} checks)"
        tally.say(judged.passes, what, judged.wrong)
    for path in sealed:
        done = subprocess.run(["pdfsig", str(path)], capture_output=True, text=True, check=False)
        good = all(
            words in done.stdout
            for words in ("Signature is Valid", "Total document signed", "ETSI.CAdES.detached")
        )
        tally.say(good, f"pdfsig {path.name}", done.stdout.strip()[-300:])


def _tampered(tally: Tally, city: City, folder: Path, manifest: dict[str, Any]) -> None:
    """Nothing that was changed may be accepted, by anybody."""
    credential = json.loads((folder / "certificate-de.json").read_text())
    dice = random.Random(2031)
    corpus = list(mutations(credential, dice, count=TAMPERED))
    documents = [document for _what, document in corpus]
    (folder / "mutations.json").write_text(json.dumps(documents))
    for by in ("bazaar", "consortium"):
        found = _peers(folder, manifest, [(by, "tampered", documents)])
        wrong = [corpus[each["number"]][0] for each in found if each["accepted"]]
        tally.say(
            len(found) == TAMPERED and not wrong,
            f"{by} rejects {TAMPERED} mutations",
            str(wrong[:5]),
        )
    methods = _methods(folder, manifest, credential)
    wrong = [what for what, document in corpus if not python_peer.accepts(document, methods)]
    tally.say(not wrong, f"openbadgeslib rejects {TAMPERED} mutations", str(wrong[:5]))
    own = json.loads(_shell(city, "corpus.py"))
    for kind, count in own["seen"].items():
        let = [what for what in own["passed"] if what.startswith(f"{kind}:")]
        tally.say(not let, f"our verifier rejects {count} mutations ({kind})", str(let[:5]))
    for kind, verified in own["whole"].items():
        tally.say(verified, f"our verifier accepts the untouched {kind}")


if __name__ == "__main__":
    sys.exit(main())
