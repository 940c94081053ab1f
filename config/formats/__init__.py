"""How days and times are written in a language, where it differs from what Django says of it."""
