from certificates.views.autographs import autograph
from certificates.views.check import check
from certificates.views.check_keys import check_key
from certificates.views.copies import credential, jwt, own, pdf
from certificates.views.issued import issued, withdraw
from certificates.views.issuers import did, published_key, status
from certificates.views.mine import reissue, shows, wallet
from certificates.views.offers import offer
from certificates.views.offline import offline
from certificates.views.owed import owed
from certificates.views.public import certificate, name_check

__all__ = [
    "autograph",
    "certificate",
    "check",
    "check_key",
    "credential",
    "did",
    "issued",
    "jwt",
    "name_check",
    "offer",
    "offline",
    "owed",
    "own",
    "pdf",
    "published_key",
    "reissue",
    "shows",
    "status",
    "wallet",
    "withdraw",
]
