"""What is shipped for containers: the image's recipe, the compose file and the chart are well formed, closed, and say what we read."""

import http.server
import json
import re
import subprocess
import sys
import threading
from pathlib import Path

import check_jsonschema
import jsonschema
import pytest
import yaml

from config import gate
from tests.config.test_environment import ASKED, settings_said
from tests.support import chart
from tests.support.settings_said import ROOT

DEPLOY = ROOT / "deploy"
COMPOSE = yaml.safe_load((DEPLOY / "compose" / "compose.yaml").read_text())
OURS = ("web", "worker", "beat", "migrate")
MADE = chart.manifests()
ALL = [document for documents in MADE.values() for document in documents]
PODS = {d["metadata"]["name"]: d["spec"]["template"] for d in ALL if "template" in d["spec" if "spec" in d else "data"]}  # fmt: skip


@pytest.fixture(scope="module")
def asked():
    return settings_said(ASKED).keys() | {"DATABASE_OWNER_URL"}


# --- the image -----------------------------------------------------------------------------------------------------


def test_the_recipe_is_linted():
    hadolint = Path(sys.executable).parent / "hadolint"
    done = subprocess.run([hadolint, DEPLOY / "Containerfile"], capture_output=True, text=True)
    assert (done.stdout, done.returncode) == ("", 0)


def test_the_image_is_nobody_special_and_needs_no_shell(asked):
    last = (DEPLOY / "Containerfile").read_text().split("\nFROM ")[-1]
    said = dict(re.findall(r"^(USER|CMD|HEALTHCHECK) (.+)$", last, re.MULTILINE))
    assert said["USER"] == "10001:10001"
    assert json.loads(said["CMD"])[:3] == ["python", "-m", "config.web"]
    assert json.loads(said["HEALTHCHECK"].partition("CMD ")[2]) == ["python", "deploy/healthy.py"]
    assert "--require-hashes --no-deps" in (DEPLOY / "Containerfile").read_text()
    own = {"PATH", "HOME", "XDG_CACHE_HOME", "PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED"}
    assert set(re.findall(r"\b([A-Z_]{4,})=", last)) - own <= asked


def test_only_what_is_named_gets_in():
    lines = (ROOT / ".containerignore").read_text().splitlines()
    assert lines[1] == "*"
    named = [line[1:] for line in lines if line.startswith("!")]
    assert [name for name in named if not (ROOT / name).exists()] == []
    assert not {"var", ".git", ".venv", "tests", "deploy/compose"} & set(named)


@pytest.mark.parametrize(("status", "code"), [(200, 0), (503, 1)])
def test_healthy_asks_as_the_proxy_does(status, code):
    heard = []

    class Web(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            heard.append((self.path, self.headers["Host"], self.headers["X-Forwarded-Proto"]))
            self.send_response(status)
            self.end_headers()

        def log_message(self, *_):
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Web) as server:
        threading.Thread(target=server.handle_request, daemon=True).start()
        command = [sys.executable, DEPLOY / "healthy.py", str(server.server_port), "live"]
        env = {"PUBLIC_URL": "https://lernen.example.org"}
        assert subprocess.run(command, env=env, check=False).returncode == code
    assert heard == [("/health/live", "lernen.example.org", "https")]


def test_nobody_answers():
    assert subprocess.run([sys.executable, DEPLOY / "healthy.py", "9"], check=False).returncode == 1


# --- compose -------------------------------------------------------------------------------------------------------


def test_the_compose_file_has_the_form_it_should():
    [schema] = Path(check_jsonschema.__file__).parent.rglob("compose-spec.json")
    jsonschema.validate(COMPOSE, json.loads(schema.read_text()))


@pytest.mark.parametrize("name", OURS)
def test_our_containers_are_closed_and_say_what_we_read(name, asked):
    service = COMPOSE["services"][name]
    assert service["read_only"] is True
    assert service["user"] == "10001:10001"
    assert service["cap_drop"] == ["ALL"]
    assert "ports" not in service
    assert service["environment"].keys() <= asked
    owner = "owner:" in service["environment"]["DATABASE_URL"]
    assert owner is (name == "migrate")


def test_only_the_proxy_is_reached_from_outside():
    services = COMPOSE["services"]
    assert [name for name, service in services.items() if "ports" in service] == ["proxy"]
    alone = [name for name, service in services.items() if service["networks"] == ["inside"]]
    assert alone == ["beat", "migrate", "database", "pooler", "valkey"]
    assert COMPOSE["networks"]["inside"] == {"internal": True}


def test_the_example_of_settings_says_what_we_read(asked):
    lines = (DEPLOY / "compose" / "lernstadt.env.example").read_text().splitlines()
    assert {line.partition("=")[0] for line in lines if not line.startswith("#")} <= asked


def test_the_proxy_has_the_bounds_of_the_gate():
    said = (DEPLOY / "compose" / "Caddyfile").read_text()
    files = " ".join(f"{path}*" for path in gate.UPLOADS)
    assert said.count(f"path {files}\n") == 2
    sizes = re.findall(r"max_size (\d+)([MG])B", said)
    assert sizes == [("1", "G"), ("3", "M")]
    assert "encode" not in said


def test_who_stands_in_front_asks_whether_a_web_server_lives():
    """Not whether all is well: while the database changes nobody is ready, and pages in memory are still served."""
    asked = re.findall(r"health_uri (\S+)", (DEPLOY / "compose" / "Caddyfile").read_text())
    [container] = PODS["city-web"]["spec"]["containers"]
    probes = [
        container[kind]["exec"]["command"][-1] for kind in ("readinessProbe", "livenessProbe")
    ]
    assert (asked, probes) == (["/health/live"], ["live", "live"])


@pytest.mark.parametrize("name", ["web", "worker"])
def test_units_count_in_memory(name):
    said = (DEPLOY / "systemd" / f"lernstadt-{name}.service").read_text().splitlines()
    wanted = {
        "RuntimeDirectory=lernstadt",
        "RuntimeDirectoryPreserve=yes",
        "Environment=METRICS_FOLDER=/run/lernstadt/metrics",
    }
    assert wanted <= {*said}


# --- the chart -----------------------------------------------------------------------------------------------------


def test_a_city_may_say_this():
    schema = json.loads((chart.CHART / "values.schema.json").read_text())
    jsonschema.Draft7Validator.check_schema(schema)
    jsonschema.validate(chart.values(), schema)


@pytest.mark.parametrize(
    "wrong",
    [
        {"image": ""},
        {"host": "https://lernen.example.org/"},
        {"media": {"bucket": ""}},
        {"settings": {"SECRET_KEY": "in a ConfigMap"}},
        {"settings": {"WEB_THREADS": 8}},
        {"database": {"instances": 1}},
        {"replica": 3},
    ],
)
def test_and_not_that(wrong):
    schema = json.loads((chart.CHART / "values.schema.json").read_text())
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(chart.values() | wrong, schema)


def test_every_value_is_used():
    text = "".join(path.read_text() for path in (chart.CHART / "templates").iterdir())

    def unused(said, path):
        for name, value in said.items():
            here = f"{path}.{name}"
            if not re.search(rf"{re.escape(here)}\b", text):
                yield here if not isinstance(value, dict) else [*unused(value, here)] or here

    assert [one for one in unused(chart.values(), ".Values") if isinstance(one, str)] == []


def test_all_parts_are_there():
    kinds = sorted((d["kind"], d["metadata"]["name"].removeprefix("city-")) for d in ALL)
    assert kinds == [
        ("Cluster", "database"),
        ("ConfigMap", "settings"),
        ("Deployment", "beat"),
        ("Deployment", "valkey"),
        ("Deployment", "web"),
        ("Deployment", "worker"),
        ("Ingress", "city"),
        ("Job", "migrate"),
        ("NetworkPolicy", "metrics"),
        ("NetworkPolicy", "nobody"),
        ("NetworkPolicy", "valkey"),
        ("NetworkPolicy", "web"),
        ("PersistentVolumeClaim", "figures"),
        ("PodDisruptionBudget", "web"),
        ("PodDisruptionBudget", "worker"),
        ("Pooler", "pooler"),
        ("Service", "valkey"),
        ("Service", "web"),
    ]


@pytest.mark.parametrize("name", PODS)
def test_a_pod_is_closed(name):
    spec = PODS[name]["spec"]
    assert spec["automountServiceAccountToken"] is False
    assert spec["securityContext"]["runAsNonRoot"] is True
    [container] = spec["containers"]
    assert container["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert "memory" in container["resources"]["limits"]
    volumes = {volume["name"] for volume in spec.get("volumes", [])}
    assert {mount["name"] for mount in container.get("volumeMounts", [])} == volumes


def test_the_pods_say_what_we_read(asked):
    [settings] = [d["data"] for d in ALL if d["kind"] == "ConfigMap"]
    assert settings.keys() <= asked
    assert all(isinstance(value, str) for value in settings.values())
    for name, pod in PODS.items():
        said = {one["name"] for one in pod["spec"]["containers"][0].get("env", [])}
        assert said - {"DATABASE_PASSWORD"} <= asked, name


def test_what_points_at_something_finds_it():
    labels = [pod["metadata"]["labels"] for pod in PODS.values()]
    for document in ALL:
        spec = document.get("spec", {})
        chosen = spec.get("selector") or spec.get("podSelector") or {}
        chosen = chosen.get("matchLabels", chosen)
        assert not chosen or any(chosen.items() <= one.items() for one in labels), document["metadata"]  # fmt: skip
    services = {d["metadata"]["name"]: d["spec"]["ports"] for d in ALL if d["kind"] == "Service"}
    [ingress] = [d for d in ALL if d["kind"] == "Ingress"]
    [path] = ingress["spec"]["rules"][0]["http"]["paths"]
    to = path["backend"]["service"]
    assert to["port"]["name"] in [port["name"] for port in services[to["name"]]]


def test_helm_makes_the_same():
    made = chart.by_helm()
    if made is None:
        pytest.skip("Helm is not here; the chart is checked by YAML and schema.")
    key = lambda document: (document["kind"], document["metadata"]["name"])  # noqa: E731 -- used once
    assert sorted(made, key=key) == sorted(ALL, key=key)
