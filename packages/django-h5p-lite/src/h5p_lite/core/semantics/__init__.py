"""What a library's semantics.json means: cleaning, problems, and forms that work without a script. Pure.

fields = translated(parse_semantics(semantics), language)
form = form_for(fields, params, titles=…, libraries=…)            # rows for templates/h5p_lite/form/
params = read_form(fields, posted, params, libraries=…)           # unchanged where nothing was changed
params, focus, verb = apply(posted_do, fields, params, libraries=…)
playable = clean(fields, params, libraries=…, files=…)
"""

from h5p_lite.core.semantics.cleaning import clean
from h5p_lite.core.semantics.copying import fits, places_for, with_new_ids
from h5p_lite.core.semantics.editing import Done, apply
from h5p_lite.core.semantics.fields import ABSENT, Field, Fields, Libraries
from h5p_lite.core.semantics.forms import Form, form_for
from h5p_lite.core.semantics.languages import translated
from h5p_lite.core.semantics.nesting import (
    Crumb,
    SubContent,
    crumbs,
    inside,
    problems_inside,
    sub_content,
    with_sub_content,
)
from h5p_lite.core.semantics.parsing import parse_semantics
from h5p_lite.core.semantics.paths import (
    Path,
    dom_id,
    field_at,
    read_path,
    value_at,
    with_value,
    written_path,
)
from h5p_lite.core.semantics.problems import Problem, problems
from h5p_lite.core.semantics.reading import read_form
from h5p_lite.core.semantics.rows import Row
from h5p_lite.core.semantics.starting import defaults, new_sub_content
from h5p_lite.core.semantics.summaries import summary

__all__ = [
    "ABSENT",
    "Crumb",
    "Done",
    "Field",
    "Fields",
    "Form",
    "Libraries",
    "Path",
    "Problem",
    "Row",
    "SubContent",
    "apply",
    "clean",
    "crumbs",
    "defaults",
    "dom_id",
    "field_at",
    "fits",
    "form_for",
    "inside",
    "new_sub_content",
    "parse_semantics",
    "places_for",
    "problems",
    "problems_inside",
    "read_form",
    "read_path",
    "sub_content",
    "summary",
    "translated",
    "value_at",
    "with_new_ids",
    "with_sub_content",
    "with_value",
    "written_path",
]
