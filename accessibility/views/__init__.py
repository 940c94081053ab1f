from accessibility.views.provider import provider_statement, provider_statement_form
from accessibility.views.public import preferences, report, statement

__all__ = ["preferences", "provider_statement", "provider_statement_form", "report", "statement"]
