"""One Django beside a running city for all its management commands: starting one for each takes seconds.

Reads {"command": words, "env": variables} from each line of standard input; answers {"said": …, "wrong": …}.
"""

import io
import json
import os
import subprocess
import sys
import traceback
from contextlib import redirect_stdout
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


class BackRoom:
    def __init__(self, env: dict[str, str]) -> None:
        self.env = env  # asked for anew with each command, because it may grow
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.browser.backroom"],
            cwd=ROOT,
            env={**env, "DJANGO_SETTINGS_MODULE": "config.settings"},
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    def manage(self, *command: str) -> str:
        """What `manage.py` with these words prints. Raises RuntimeError with its traceback."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps({"command": command, "env": self.env}) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        if answer["wrong"]:
            raise RuntimeError(answer["wrong"])
        return str(answer["said"])

    def close(self) -> None:
        self.process.communicate()


def answer(command: list[str], env: dict[str, str]) -> dict[str, str]:
    from django.core.management import call_command
    from django.db import connections

    os.environ.update(env)
    said, wrong = io.StringIO(), ""
    try:
        with redirect_stdout(said):
            call_command(*command)
    except (Exception, SystemExit):  # noqa: BLE001 -- told to anyone who asked
        wrong = traceback.format_exc()
    connections.close_all()  # so that the city's database can be copied
    return {"said": said.getvalue(), "wrong": wrong}


if __name__ == "__main__":
    import django

    django.setup()
    for line in sys.stdin:
        print(json.dumps(answer(**json.loads(line))), flush=True)
