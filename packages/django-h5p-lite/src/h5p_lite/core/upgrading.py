"""Bringing a content to a newer version of its libraries, pure: their own upgrades.js run in QuickJS, without a browser.

`H5PUpgrades[machineName][major][minor]` is a function or `{contentUpgrade: function}`, called as
`(params, finished, extras)` for every version above the old one up to the new one (h5p-content-upgrade-process.js).
Somebody else's program: it gets a fresh engine with little memory, little time and nothing of ours.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from h5p_lite.core.names import Name
from h5p_lite.core.semantics import Field, Fields

try:
    import quickjs
except (
    ImportError
):  # no wheel for this Python: contents stay as they are, and the office is told why
    quickjs = None

MEMORY = 64 << 20  # bytes
TIME = 3  # seconds of one library's steps
STACK = 1 << 20  # bytes
DEPTH = 50  # contents inside each other

#: What upgrades.js may expect of a page. Some are wrapped in `(function ($) { … })(H5P.jQuery)`.
AROUND = """
var window = this, H5PUpgrades = {};
var H5P = {
  cloneObject: function (value) { return JSON.parse(JSON.stringify(value)); },
  createUUID: function () {
    return 'xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx'.replace(/[xy]/g, function (letter) {
      var random = Math.random() * 16 | 0;
      return (letter === 'x' ? random : (random & 3 | 8)).toString(16);
    });
  }
};
H5P.jQuery = function (html) {
  return { text: function () { return String(html).replace(/<[^>]*>/g, ''); } };
};
H5P.jQuery.extend = function () {
  var deep = arguments[0] === true, first = deep ? 1 : 0, into = arguments[first] || {};
  for (var i = first + 1; i < arguments.length; i++) {
    for (var name in arguments[i]) {
      var value = arguments[i][name];
      var both = deep && value && typeof value === 'object' && !Array.isArray(value);
      into[name] = both ? H5P.jQuery.extend(true, into[name] || {}, value) : value;
    }
  }
  return into;
};
H5P.jQuery.isArray = Array.isArray;
"""
RUN = """
function h5pLiteRun(name, from, to, params, extras) {
  var steps = [], all = H5PUpgrades[name] || {}, failed = null;
  Object.keys(all).map(Number).sort(function (a, b) { return a - b; }).forEach(function (major) {
    Object.keys(all[major]).map(Number).sort(function (a, b) { return a - b; }).forEach(function (minor) {
      var after = major > from[0] || (major === from[0] && minor > from[1]);
      var until = major < to[0] || (major === to[0] && minor <= to[1]);
      if (after && until) steps.push(all[major][minor]);
    });
  });
  var begun = 0, done = 0;
  function next() {
    if (begun === steps.length) return;
    var step = steps[begun++];
    (step.contentUpgrade || step)(params, function (error, changed, more) {
      if (error) { failed = String(error); return; }
      done++;
      params = changed;
      if (more) extras = more;
      next();
    }, extras);
  }
  next();
  if (!failed && done < steps.length) failed = 'A step did not finish.';
  return JSON.stringify({ failed: failed, params: params, extras: extras, steps: steps.length });
}
"""


class CannotUpgrade(ValueError):
    """A library's upgrade failed, took too long, or cannot run here. The content stays as it was."""


class Upgraded(NamedTuple):
    params: dict[str, Any]
    metadata: dict[str, Any]
    steps: list[str]  # "H5P.MultiChoice 1.14 → 1.16", in the order in which they were done


Scripts = Callable[[Name], str | None]  # upgrades.js of an installed library
Semantics = Callable[[Name], Fields | None]


def upgrade(
    params: Mapping[str, Any],
    metadata: Mapping[str, Any],
    *,
    names: tuple[Name, Name],
    scripts: Scripts,
    semantics: Semantics,
) -> Upgraded:
    """`names`: from which library to which. Sub-contents follow to the versions that the new semantics name.

    Raises CannotUpgrade.
    """
    work = _Upgrade(scripts, semantics)
    changed, about = work.run(params, dict(metadata), names, depth=0)
    return Upgraded(changed, about, work.steps)


class _Upgrade:
    def __init__(self, scripts: Scripts, semantics: Semantics) -> None:
        self.scripts, self.semantics = scripts, semantics
        self.steps: list[str] = []

    def run(
        self,
        params: Mapping[str, Any],
        metadata: dict[str, Any],
        names: tuple[Name, Name],
        *,
        depth: int,
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        former, name = names
        if depth > DEPTH:
            raise CannotUpgrade("too deep")
        changed = {**params}
        if former != name:
            changed, metadata = _run_script(self.scripts(name) or "", changed, metadata, names)
            self.steps.append(f"{former} → {name.major}.{name.minor}")
        for field in self.semantics(name) or ():
            if field.name in changed:
                changed[field.name] = self.walk(field, changed[field.name], depth)
        return changed, metadata

    def walk(self, field: Field, value: Any, depth: int) -> Any:
        if field.flat:
            return self.walk(field.fields[0], value, depth)
        if field.type == "group" and isinstance(value, dict):
            inner = {one.name: one for one in field.fields}
            return {
                key: self.walk(inner[key], each, depth) if key in inner else each
                for key, each in value.items()
            }
        if field.type == "list" and isinstance(value, list) and field.field:
            return [self.walk(field.field, each, depth) for each in value]
        if field.type == "library" and isinstance(value, dict):
            return self.sub_content(field, value, depth)
        return value

    def sub_content(self, field: Field, value: dict[str, Any], depth: int) -> dict[str, Any]:
        try:
            former = Name.parse(str(value.get("library")))
        except ValueError:
            return value
        wanted = [n for n in field.libraries or () if n.machine_name == former.machine_name]
        name = max([*wanted, former])
        inner, metadata = value.get("params"), value.get("metadata")
        params, about = self.run(
            inner if isinstance(inner, dict) else {},
            metadata if isinstance(metadata, dict) else {},
            (former, name),
            depth=depth + 1,
        )
        changed = value | {"library": str(name), "params": params}
        return changed | ({"metadata": about} if about else {})


def _run_script(
    script: str, params: dict[str, Any], metadata: dict[str, Any], names: tuple[Name, Name]
) -> tuple[dict[str, Any], dict[str, Any]]:
    former, name = names
    if quickjs is None:
        raise CannotUpgrade("no engine")
    engine = quickjs.Context()
    engine.set_memory_limit(MEMORY)
    engine.set_max_stack_size(STACK)
    engine.set_time_limit(TIME)
    asked = [name.machine_name, former[1:], name[1:], params, {"metadata": metadata}]
    call = f"h5pLiteRun({','.join(json.dumps(each) for each in asked)})"
    try:
        engine.eval(AROUND)
        engine.eval(script)
        engine.eval(RUN)
        answer = json.loads(engine.eval(call))
    except (quickjs.JSException, ValueError, TypeError, RecursionError) as wrong:
        raise CannotUpgrade(f"{name}: {wrong}"[:300]) from wrong
    if answer.get("failed") or not isinstance(answer.get("params"), dict):
        raise CannotUpgrade(f"{name}: {answer.get('failed')}"[:300])
    extras = answer.get("extras")
    about = extras.get("metadata") if isinstance(extras, dict) else None
    return answer["params"], about if isinstance(about, dict) else metadata
