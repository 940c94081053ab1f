from certificates.actions.issue import (
    NotCompleted,
    Unprintable,
    issue_certificate,
    reissue_certificate,
    reissue_signed_by,
)
from certificates.actions.keys import active_key, compromise_key, make_key, rewrap_keys
from certificates.actions.signing import as_jwt, paper_line, sealer_of
from certificates.actions.withdraw import (
    CannotSuspend,
    erase_holder,
    resume_certificate,
    revoke_certificate,
    show,
    suspend_certificate,
)

__all__ = [
    "CannotSuspend",
    "NotCompleted",
    "Unprintable",
    "active_key",
    "as_jwt",
    "compromise_key",
    "erase_holder",
    "issue_certificate",
    "make_key",
    "paper_line",
    "reissue_certificate",
    "reissue_signed_by",
    "resume_certificate",
    "revoke_certificate",
    "rewrap_keys",
    "sealer_of",
    "show",
    "suspend_certificate",
]
