"""Why a file is not taken."""

from typing import Any


class BadFile(ValueError):
    """`code` is a key of `providers.advice.REFUSED`, `facts` fill its sentence."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts
