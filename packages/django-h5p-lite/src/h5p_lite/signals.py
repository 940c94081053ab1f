"""What other apps may listen to. Each is sent after the transaction has been committed.

- `revision_saved`: `revision`; a content says something new.
- `libraries_installed`: `libraries`, a list.

Results have theirs in `h5p_lite.results.signals`.
"""

from functools import partial
from typing import Any

from django.db import transaction
from django.dispatch import Signal

revision_saved = Signal()
libraries_installed = Signal()


def tell(signal: Signal, sender: type, **about: Any) -> None:
    """After the commit. A listener that fails does not undo what was stored."""
    transaction.on_commit(partial(signal.send_robust, sender=sender, **about), robust=True)
