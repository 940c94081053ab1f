from accounts.receivers import proofs, security, sessions

__all__ = ["proofs", "security", "sessions"]
