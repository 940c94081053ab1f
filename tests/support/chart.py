"""Makes the Helm chart's manifests without Helm: values, includes and toYaml, which is all that our templates use."""

import re
import shutil
import subprocess
from pathlib import Path

import yaml

CHART = Path(__file__).resolve().parent.parent.parent / "deploy" / "chart"
CITY = {
    "image": "registry.example.org/lernstadt:0.1.0",
    "host": "lernen.example.org",
    "media": {"bucket": "lernstadt", "endpoint": "", "region": "eu-central-1"},
}
PART = re.compile(r"[ \t]*{{-?\s*(.*?)\s*-?}}")
DEFINED = re.compile(r'{{- define "(.+?)" -}}\n(.*?)\n?{{- end }}', re.DOTALL)


class Unknown(Exception):
    """The templates have learned something that this does not know."""


def values():
    return yaml.safe_load((CHART / "values.yaml").read_text()) | CITY


def manifests():
    """Name of the template -> its documents."""
    text = (CHART / "templates" / "_common.tpl").read_text()
    made = Rendering({"Values": values(), "Release": {"Name": "city"}}, dict(DEFINED.findall(text)))
    files = sorted((CHART / "templates").glob("*.yaml"))
    return {file.name: [*yaml.safe_load_all(made(file.read_text()))] for file in files}


class Rendering:
    def __init__(self, known, defined):
        self.known, self.defined, self.used = known, defined, set()

    def __call__(self, text):
        return PART.sub(self._one, text)

    def _one(self, found):
        before = "" if "{{-" in found[0] else found[0].partition("{{")[0]
        what, *filters = found[1].split(" | ")
        value = self._value(what)
        for name in filters:
            value = self._filtered(value, name)
        return f"{before}{value}"

    def _value(self, what):
        if include := re.fullmatch(r'include "(.+)" \.', what):
            return self(self.defined[include[1]])
        path = re.fullmatch(r"(?:(toYaml) )?\.([\w.]+)", what)
        if not path:
            raise Unknown(what)
        self.used.add(path[2])
        value = self.known
        for name in path[2].split("."):
            value = value[name]
        return yaml.safe_dump(value).rstrip() if path[1] else value

    def _filtered(self, value, name):
        if name == "quote":
            return f'"{value}"'
        if indent := re.fullmatch(r"nindent (\d+)", name):
            return "".join("\n" + " " * int(indent[1]) + line for line in value.splitlines())
        raise Unknown(name)


def by_helm():
    """The same by Helm itself, where it is there; otherwise None."""
    helm = shutil.which("helm")
    if not helm:
        return None
    sets = [f"--set={name}={CITY[name]}" for name in ("image", "host")]
    command = [helm, "template", "city", str(CHART), *sets, "--set=media.bucket=lernstadt"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return [*yaml.safe_load_all(done.stdout)]
