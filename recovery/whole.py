"""Whether a Lernstadt is whole: what walls, keys, files and certificates promise, looked at. Under the system lens."""

from collections.abc import Iterator

from django.core.files.storage import default_storage
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from certificates import envelope
from certificates.actions.keys import vault
from certificates.models import Certificate, KeyMaterial
from certificates.queries.certificates import by_hash
from courses.models import PrintedLesson
from courses.press.files import FOLDER
from courses.queries.loose_ends import PRINTED
from h5p.actions.unused_files import needed
from h5p_lite import blobs
from tenancy.rows import rows

SPECIAL = """SELECT rolsuper OR rolbypassrls OR EXISTS (SELECT 1 FROM pg_class WHERE relowner = r.oid)
    FROM pg_roles r WHERE rolname = current_user"""
#: Tables with a policy that nobody asks, because row security is off.
OPEN = """SELECT DISTINCT c.relname FROM pg_class c JOIN pg_policy p ON p.polrelid = c.oid WHERE NOT c.relrowsecurity
    ORDER BY 1"""
LARGE_OBJECTS = """SELECT bool_or(has_function_privilege(current_user, oid, 'EXECUTE')) FROM pg_proc
    WHERE proname IN ('lo_creat', 'lo_create', 'lo_from_bytea') AND pronamespace = 'pg_catalog'::regnamespace"""


def what_is_missing() -> list[str]:
    """One sentence for each; none when all is well."""
    return [*walls(), *keys(), *files(), *certificates()]


def walls() -> Iterator[str]:
    if rows(SPECIAL) != [(False,)]:
        yield "The walls do not hold: the app's role owns tables or may pass by them."
    if walls_open := [name for (name,) in rows(OPEN)]:
        yield f"The walls of {', '.join(walls_open)} are switched off."


def large_objects() -> Iterator[str]:
    if rows(LARGE_OBJECTS) == [(True,)]:
        yield "The app's role may make large objects, which have no walls."


def keys() -> Iterator[str]:
    """Every private half opens with the key-encryption key that is set."""
    secrets = vault()
    for material in KeyMaterial.objects.select_related("key"):
        try:
            secrets.unwrap(bytes(material.wrapped), owner=material.key.method)
        except envelope.CannotUnwrap:
            yield f"The signing key {material.key.method} does not open: KEY_ENCRYPTION_KEY is another one."
            return


def certificates() -> Iterator[str]:
    """The newest one verifies, as for somebody who has its number."""
    newest = Certificate.objects.exclude(credential=None).order_by("-issued_at").first()
    record = by_hash(newest.token_hash) if newest else None
    if record and not record.authentic:
        yield f"The certificate of {newest} does not verify."


def files() -> Iterator[str]:
    """What the database names is in the storage."""
    missing = [name for name in _named() if not default_storage.exists(name)]
    if missing:
        yield f"{len(missing)} files are not in the storage, among them {missing[0]}."


def _named() -> Iterator[str]:
    yield from get_image_model().objects.values_list("file", flat=True)
    yield from get_document_model().objects.values_list("file", flat=True)
    printed: set[str] = set()
    for html, facts in PrintedLesson.objects.values_list("html", "facts").iterator(chunk_size=200):
        printed.update(PRINTED.findall(html), PRINTED.findall(str(facts)))
    yield from (f"{FOLDER}/{name}" for name in sorted(printed))
    yield from (blobs.path_of(digest) for digest in sorted(needed()))
