from accounts.receivers import proofs, sessions

__all__ = ["proofs", "sessions"]
