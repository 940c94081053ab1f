"""Packages, semantics and answers that tests of this package and of what builds on it try things with."""
