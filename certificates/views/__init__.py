from certificates.views.check import check
from certificates.views.mine import reissue
from certificates.views.public import certificate, credential, did, pdf, status

__all__ = ["certificate", "check", "credential", "did", "pdf", "reissue", "status"]
