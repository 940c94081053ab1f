"""A wallet app of other people takes a certificate with it: OpenID4VCI 1.0, pre-authorised code, over HTTPS."""

import json
import subprocess
from pathlib import Path

from config.embedded import assets
from tests.verify.gathered import Gathered
from tests.verify.tally import Tally

SCRIPT = Path(__file__).with_name("wallet.mjs")
JUDGE = "@openid4vc/openid4vci"


def takes(tally: Tally, gathered: Gathered) -> None:
    """A line for each step; the script ends with the first that goes wrong."""
    offer = gathered.extra()["offer"]
    command = [*assets.node_command().node, str(SCRIPT), offer["uri"], offer["pin"]]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        steps = [json.loads(line) for line in process.stdout or () if line.startswith("{")]
    for step in steps:
        tally.say(JUDGE, step["good"], step["step"], step["why"])
    if process.returncode or not steps:
        tally.say(JUDGE, False, "ended early")
