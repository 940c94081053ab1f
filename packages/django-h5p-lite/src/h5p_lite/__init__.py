"""H5P for Django, without the editor and the server of anybody else. `h5p_lite.core` is its pure half, for any program."""

__version__ = "0.1.0"
