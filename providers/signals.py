"""What rooms above may hear of. Sent after the commit."""

from django.dispatch import Signal

#: `number`: a provider that has just been founded. Its keys are made; if that is missed, when it signs for the first time.
provider_founded = Signal()
