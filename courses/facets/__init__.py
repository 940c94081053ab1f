"""What an address asks of a list, and how its page shows that: the catalogue of courses and the one of dates."""
