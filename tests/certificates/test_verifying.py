"""`./dev verify-certificates`, as far as it can be asked without anybody else's program."""

import json
import ssl

import pytest
from cryptography import x509

from tests.verify import loopback, suites
from tests.verify.tally import Tally


def test_each_check_is_a_line_and_the_table_has_a_row_for_each_judge(capsys):
    tally = Tally()
    tally.say("jose", True, "accepts one", "not said")
    tally.say("jose", False, "accepts two", "it is three")
    tally.leave_out("W3C", "a third", "not asked")
    assert capsys.readouterr().out.splitlines() == [
        "ok   jose               accepts one",
        "FAIL jose               accepts two  (it is three)",
        "—    W3C                a third  (not asked)",
    ]
    rows = {line[:28].strip(): line[28:].split()[:3] for line in tally.table().splitlines()}
    assert rows["jose"] == ["1", "1", "0"]
    assert rows["W3C"] == ["0", "0", "1"]
    assert rows["all"] == ["1", "1", "1"]
    assert tally.bad == 1


def test_a_job_that_breaks_is_a_failed_check_and_stops_no_other():
    tally = Tally()

    def broken(_tally):
        raise LookupError("nothing there")

    tally.run([("one", broken), ("two", lambda tally: tally.say("two", True, "fine"))])
    assert (tally.rows["one"].bad, tally.rows["two"].good) == (1, 1)


@pytest.fixture
def brought(tmp_path):
    """A folder as the docs describe it, with suites that have grown a file and lost their versions."""
    folder = tmp_path / "brought"
    for name in (*suites.SUITES, *suites.HELPERS):
        (folder / name / "tests").mkdir(parents=True)
        (folder / name / "tests" / "new.js").write_text("// theirs")
        theirs = {
            "name": name,
            "type": "module",
            "dependencies": {"vc-test-suite-implementations": "github:w3c/x", "chai": "^9"},
            "devDependencies": {"eslint": "*"},
        }
        (folder / name / "package.json").write_text(json.dumps(theirs))
    return folder


def test_suites_are_copied_and_get_their_packages_from_our_lock_file(
    brought, tmp_path, monkeypatch
):
    asked = []
    monkeypatch.setattr(suites.assets, "install_at", asked.append)
    home = tmp_path / "home"
    for _again in range(2):
        suites.prepare(brought, home)
    name = "vc-di-eddsa-test-suite"
    (home / name / "node_modules").mkdir()
    suites.prepare(brought, home)
    made = json.loads((home / name / "package.json").read_text())
    locked = json.loads((suites.OURS / "package-lock.json").read_text())["packages"][name]
    assert made["dependencies"] == locked["dependencies"]
    assert (made["type"], "devDependencies" in made) == ("module", False)
    assert not [spec for spec in made["dependencies"].values() if "github" in spec]
    assert (home / name / "tests" / "new.js").read_text() == "// theirs"
    assert (home / name / "localConfig.cjs").read_text() == (
        suites.OURS / "implementation.cjs"
    ).read_text()
    assert (home / name / "node_modules").is_dir()
    assert asked == [home] * 3


def test_what_the_folder_lacks_is_named(brought):
    (brought / "vc-data-model-2.0-test-suite").rename(brought / "elsewhere")
    assert suites.missing(brought) == ["vc-data-model-2.0-test-suite"]


def test_the_authority_of_this_machine_vouches_for_localhost_alone(tmp_path, monkeypatch):
    for variable in ("SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS"):
        monkeypatch.setenv(variable, "")
    options = loopback.certify(tmp_path)
    assert options[::2] == ["--ssl-certificate", "--ssl-keyfile"]
    context = ssl.create_default_context(cafile=str(tmp_path / "root.pem"))
    assert [each["subject"] for each in context.get_ca_certs()] == [
        ((("commonName", "Lernstadt, this machine only"),),)
    ]
    server = x509.load_pem_x509_certificate((tmp_path / "server.pem").read_bytes())
    root = x509.load_pem_x509_certificate((tmp_path / "root.pem").read_bytes())
    server.verify_directly_issued_by(root)
    names = server.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert names.get_values_for_type(x509.DNSName) == ["localhost"]
