"""Content types of our own, installed as an office would, and the activities that demo courses have of them."""

import io

from h5p import actions
from h5p.actions.contents import Draft
from h5p_lite.core import building
from h5p_lite.core.names import Name
from h5p_lite.core.package import read
from h5p_lite.models import Content, Library
from providers.models import Provider
from tenancy.lens import look, system

NOTE = "Selbst gemacht für die Lernstadt: mit der Tastatur und auf kleinen Bildschirmen bedienbar. Mit einem Vorlese-Programm hat es noch niemand probiert."
LICENCE = {"license": "CC BY-SA", "licenseVersion": "4.0"}


def install_libraries() -> None:
    """All of ours. Idempotent."""
    with look(system("install demo content types")):
        package = read(io.BytesIO(building.bundle()), name="lernhn.h5p")
        new = actions.install(package, by=None, by_name="Lernstadt").new
        for library in (one for one in new if one.runnable):
            words = {"profile": library.profile, "verdict": Library.Verdict.RECOMMENDED}
            actions.set_office_words(library, **words, note=NOTE, by=None)


def activity(provider: Provider, machine_name: str) -> Content:
    """The example of a library as an activity of `provider`: one that is there already, or a new one."""
    folder = next(
        one for name, one in building.folders().items() if name.machine_name == machine_name
    )
    title, params = folder.example["title"], folder.example["params"]
    content = Content.objects.filter(owner=provider, title=title).first()
    draft = Draft(Name(*folder.name), params, LICENCE, {})
    return content or actions.create_content(provider, draft, title=title, language="de", by=None)
