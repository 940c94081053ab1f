"""What a sealer says when it cannot."""


class CannotSeal(RuntimeError):
    """The sealer cannot work; the message says what to do about it."""
