# Run by `manage.py shell` inside a running city: our own verifier looks at tampered credentials, tokens, papers and
# pictures. Prints what it let pass (nothing, if all is well) and how many it saw, as JSON.
import json
import os
import random
from pathlib import Path

from certificates.verification import examine
from tenancy.lens import look, public
from tests.verify.corpora import tampered_bytes, tampered_tokens

folder = Path(os.environ["VERIFY_FOLDER"])
dice = random.Random(2031)
passed, seen = [], {}


def count(kind, verified, what):
    seen[kind] = seen.get(kind, 0) + 1
    if verified:
        passed.append(f"{kind}: {what}")


with look(public):
    for number, credential in enumerate(json.loads((folder / "mutations.json").read_text())):
        count("credential", examine.examine_credential(credential).verified, number)
    token = (folder / "certificate-de.jwt").read_text()
    for what, mutated in tampered_tokens(token, dice, count=200):
        count("jwt", examine.examine(mutated.encode()).verified, what)
    for kind, times in (("pdf", 300), ("png", 100), ("svg", 100)):
        content = (folder / f"certificate-de.{kind}").read_bytes()
        for what, mutated in tampered_bytes(content, kind, dice, count=times):
            count(kind, examine.examine(mutated).verified, what)
    whole = {
        kind: examine.examine((folder / f"certificate-de.{kind}").read_bytes()).verified
        for kind in ("pdf", "png", "svg", "jwt", "json")
    }
print(json.dumps({"passed": passed, "seen": seen, "whole": whole}))
