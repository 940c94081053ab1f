"""`result_stored`: `attempt`; somebody has finished a content, and it was graded. Sent after the commit."""

from django.dispatch import Signal

result_stored = Signal()
