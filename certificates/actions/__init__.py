from certificates.actions.issue import issue_certificate, reissue_certificate
from certificates.actions.keys import active_key, make_key
from certificates.actions.revoke import erase_holder, revoke_certificate

__all__ = [
    "active_key",
    "erase_holder",
    "issue_certificate",
    "make_key",
    "reissue_certificate",
    "revoke_certificate",
]
