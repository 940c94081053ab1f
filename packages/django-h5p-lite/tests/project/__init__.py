"""The smallest project that has this app: what the tests of the Django half run in."""
