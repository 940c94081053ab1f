"""Web servers and workers of a test's city: what they say is passed on, except what is said on good days."""

from config.embedded.children import Child

#: The operator's log has these whatever LOG_LEVEL is (ADR 0038); hundreds of them hide what a run has measured.
ON_GOOD_DAYS = (b"INFO accounts.security: ",)


class Resident(Child):
    def passes_on(self, line: bytes) -> bool:
        return self.heard and not line.startswith(ON_GOOD_DAYS)
