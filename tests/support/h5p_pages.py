"""A form as a page, and what a browser sends of it."""

from django.template.loader import render_to_string

from h5p_lite.core.semantics import form_for, read_form
from tests.h5p_samples.browser import Browser
from tests.h5p_samples.semantics import ID, TITLES, libraries


def render(fields, params, **more):
    form = form_for(fields, params, titles=TITLES, libraries=libraries, **more)
    page = render_to_string("h5p_lite/form/form.html", {"rows": form.rows, "failed": form.failed})
    page.encode()
    return page


def posted(fields, params, **changes):
    """What is sent from the page after these changes; None leaves a control out (an empty box)."""
    sent = Browser(render(fields, params)).sent
    for name, value in changes.items():
        if value is None:
            del sent[name]
        else:
            assert name in sent or name.startswith("v/")
            sent[name] = value if isinstance(value, list) else [value]
    return sent


def changed(fields, params, **changes):
    return read_form(fields, posted(fields, params, **changes), params, libraries=libraries, new_id=lambda: ID)  # fmt: skip


def exact(one):
    """Tells True from 1 and 1.0, and NaN is itself; the order of keys counts too."""
    return repr(one)


def rows(fields, params, **more):
    found = {}

    def note(row):
        found[row.place] = row
        for inner in row.rows:
            note(inner)

    for row in form_for(fields, params, titles=TITLES, libraries=libraries, **more).rows:
        note(row)
    return found
