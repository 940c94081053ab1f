"""What rooms above may hear of. Sent after the commit, where nothing else is said."""

from django.dispatch import Signal

#: `number`: a provider that has just been founded. Its keys are made; if that is missed, when it signs for the first time.
provider_founded = Signal()

#: Inside the transaction: `provider` has announced its last day (`provider.closes_on`), or taken that back (None).
closing_announced = Signal()

#: Inside the transaction: `provider` is closed. Its courses go, its groups end; a receiver that fails stops it all.
provider_closed = Signal()

#: Inside the transaction: `provider.brand` is another one than the `former`; what was printed with that follows.
colour_chosen = Signal()

#: Inside the transaction: what `person` has in hand at `provider` goes to `successor`. A receiver that fails stops it all.
handed_over = Signal()
