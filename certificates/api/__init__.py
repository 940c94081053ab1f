from certificates.api.sdjwt import issuer_keys, sd_jwt_type, status_token
from certificates.api.verification import described, verify

__all__ = ["described", "issuer_keys", "sd_jwt_type", "status_token", "verify"]
