"""The settings of this app, each with what holds when the project says nothing.

- `H5P_OWNER_MODEL`: whose contents are, as "app.Model". Decided before the first migration, like AUTH_USER_MODEL.
- `H5P_ACCESS`: dotted path of the class that says who may see, edit and install (`h5p_lite.access.Access`).
- `H5P_PLAYER`: where the player's core lies among the static files: `frame.bundle.js` and `styles/h5p.css`.
- `H5P_FOLDER`: the folder in the default storage that files are kept in.
- `H5P_KEEPER`: dotted path of a module with `keep`, `is_whole` and `put` (`h5p_lite.keeper`), for a storage that can do more.
"""

from django.conf import settings

OWNER_MODEL: str = getattr(settings, "H5P_OWNER_MODEL", settings.AUTH_USER_MODEL)


def access_class() -> str:
    return str(getattr(settings, "H5P_ACCESS", "h5p_lite.access.Access"))


def player() -> str:
    return str(getattr(settings, "H5P_PLAYER", "h5p_player")).strip("/")


def folder() -> str:
    return str(getattr(settings, "H5P_FOLDER", "h5p")).strip("/")


def keeper() -> str:
    return str(getattr(settings, "H5P_KEEPER", "h5p_lite.keeper"))
