"""Every write of this app. Who may is asked before, at the door (`h5p_lite.access`)."""

from h5p_lite.actions.contents import (
    About,
    Authorship,
    Draft,
    archive,
    begin_content,
    change_content,
    create_content,
    draft_of,
    duplicate,
    restore,
    save_edit,
    save_revision,
    undo,
)
from h5p_lite.actions.files import keep_file
from h5p_lite.actions.libraries import Installed, install, judge, remember_test, roll_back
from h5p_lite.actions.packages import LibrariesMissing, import_content, take_package
from h5p_lite.actions.upgrades import upgrade_content, upgraded

__all__ = [
    "About",
    "Authorship",
    "Draft",
    "Installed",
    "LibrariesMissing",
    "archive",
    "begin_content",
    "change_content",
    "create_content",
    "draft_of",
    "duplicate",
    "import_content",
    "install",
    "judge",
    "keep_file",
    "remember_test",
    "restore",
    "roll_back",
    "save_edit",
    "save_revision",
    "take_package",
    "undo",
    "upgrade_content",
    "upgraded",
]
