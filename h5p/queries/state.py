"""The state of the installed content types as an expression of SQL, so that one statement asks for it and for a content."""

#: As `h5p_lite.queries.active.active_libraries` wants it.
STATE = """(SELECT concat_ws(' ', count(*), max(id), max(changed_at)) FROM h5p_lite_library WHERE state = 'active')"""
