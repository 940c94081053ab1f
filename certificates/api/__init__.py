from certificates.api.sdjwt import issuer_keys, sd_jwt_type, status_token
from certificates.api.verification import openapi, verify

__all__ = ["issuer_keys", "openapi", "sd_jwt_type", "status_token", "verify"]
