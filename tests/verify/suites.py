"""The W3C's own test suites, from a folder of the caller's, talk to the test interface (`certificates.api.vcapi`).

Nothing of them is kept here but what they need of npm (`w3c/package-lock.json`). They are copied beside the databases;
their own package files are replaced by what the lock file says, so that npm installs the same at each run.
"""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from config.embedded import assets
from tests.verify.tally import Tally

OURS = Path(__file__).parent / "w3c"
STATUS = {"type": "BitstringStatusListEntry", "statusPurpose": "revocation"}
MESSAGES = [
    {"status": "0x0", "message": "not revoked"},
    {"status": "0x1", "message": "revoked"},
]
#: Which suites, and what each asks the issuer for besides.
SUITES: dict[str, dict[str, Any]] = {
    "vc-di-eddsa-test-suite": {},
    "vc-bitstring-status-list-test-suite": {
        "credentialStatus": STATUS
        | {
            "statusMessage": MESSAGES,
            "statusReference": "https://www.w3.org/TR/vc-bitstring-status-list/",
        }
    },
    "vc-data-model-2.0-test-suite": {},
}
HELPERS = ("data-integrity-test-suite-assertion", "vc-test-suite-implementations")
SKIPPED = shutil.ignore_patterns(".git", ".github", "node_modules", "package.json", "reports")


def missing(folder: Path) -> list[str]:
    """What the caller's folder lacks."""
    return [name for name in (*SUITES, *HELPERS) if not (folder / name).is_dir()]


def prepare(folder: Path, home: Path) -> None:
    """The suites of `folder` in `home`, ready to run; npm is asked only when our lock file has changed."""
    home.mkdir(parents=True, exist_ok=True)
    lock = json.loads((OURS / "package-lock.json").read_text())
    for name in (*SUITES, *HELPERS):
        modules = home / name / "node_modules"
        kept = home / f".{name}"
        if modules.is_dir():
            modules.rename(kept)
        shutil.rmtree(home / name, ignore_errors=True)
        shutil.copytree(folder / name, home / name, ignore=SKIPPED)
        if kept.is_dir():
            kept.rename(modules)
        theirs = json.loads((folder / name / "package.json").read_text())
        theirs.pop("devDependencies", None)
        theirs |= {"version": "0.0.0", "dependencies": {}} | lock["packages"][name]
        (home / name / "package.json").write_text(json.dumps(theirs, indent=1))
        shutil.copy(OURS / "implementation.cjs", home / name / "localConfig.cjs")
    for name in ("package.json", "package-lock.json"):
        shutil.copy(OURS / name, home / name)
    assets.install_at(home)


def run(tally: Tally, home: Path, address: str) -> None:
    """Each suite, a line for each of its tests. A suite that says nothing has failed."""
    for name, options in SUITES.items():
        judge = f"W3C {name.removesuffix('-test-suite')}"
        mocha = home / "node_modules" / "mocha" / "bin" / "mocha.js"
        command = [str(mocha), "tests/", "--timeout", "15000", "--preserve-symlinks"]
        environment = os.environ | {
            "APP_ROOT_PATH": str(home / name),
            "SUITE_ADDRESS": address,
            "SUITE_OPTIONS": json.dumps(options),
        }
        process = subprocess.Popen(
            [*assets.node_command().node, *command, "--reporter", str(OURS / "reporter.cjs")],
            cwd=home / name,
            env=environment,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        with process:
            said = _say(tally, judge, process)
        if '{"state":"end"}\n' not in said or judge not in tally.rows:
            tally.say(judge, False, "did not run to its end", "".join(said)[-1000:])


def _say(tally: Tally, judge: str, process: "subprocess.Popen[str]") -> list[str]:
    said = []
    for line in process.stdout or ():
        said.append(line)
        result = json.loads(line) if line.startswith('{"state"') else {"state": "end"}
        if result["state"] == "end":
            continue
        if result["state"] == "left out":
            tally.leave_out(judge, result["title"], result["why"])
        else:
            tally.say(judge, result["state"] == "good", result["title"], result["why"])
    return said
