"""Every write of the room. Libraries are written under the system lens, contents under their provider's."""

from h5p.actions.contents import (
    archive,
    change_content,
    create_content,
    duplicate,
    restore,
    save_revision,
)
from h5p.actions.libraries import (
    Installed,
    install,
    keep_rights,
    remember_test,
    roll_back,
    set_office_words,
)
from h5p.actions.office import (
    decline_request,
    go_on,
    judge_library,
    plan_upgrade,
    receive_libraries,
    take_back_library,
)
from h5p.actions.requests import answer_request, ask_for, can_go_on
from h5p.actions.unused_files import forget_unused
from h5p.actions.upgrades import (
    begin_run,
    do_run,
    try_run,
    undo_run,
    upgrade_content,
    upgraded,
    work_off,
)
from h5p.actions.uploads import process, receive

__all__ = [
    "Installed",
    "answer_request",
    "archive",
    "ask_for",
    "begin_run",
    "can_go_on",
    "change_content",
    "create_content",
    "decline_request",
    "do_run",
    "duplicate",
    "forget_unused",
    "go_on",
    "install",
    "judge_library",
    "keep_rights",
    "plan_upgrade",
    "process",
    "receive",
    "receive_libraries",
    "remember_test",
    "restore",
    "roll_back",
    "save_revision",
    "set_office_words",
    "take_back_library",
    "try_run",
    "undo_run",
    "upgrade_content",
    "upgraded",
    "work_off",
]
