"""Our own content types as files that every H5P platform takes."""

from django.core.management import call_command

from h5p_lite.core.building import build


def test_the_command_writes_them_into_a_folder(tmp_path, capsys):
    call_command("h5p_build", into=tmp_path / "h5p")
    written = {path.name: path.read_bytes() for path in (tmp_path / "h5p").iterdir()}
    assert written == dict(build())
    names = [line.split("/")[-1].split()[0] for line in capsys.readouterr().out.splitlines()]
    assert names == [built.name for built in build()]
