"""Where uploads and printed files are kept: on the disk, or in an object store where one is named."""


def store(*, bucket_name: str, **options: str) -> dict[str, object]:
    """Django's settings of the storage "default". Empty options are left to boto3."""
    if not bucket_name:
        return {"BACKEND": "tenancy.storage.DurableFiles"}
    filled = {name: value for name, value in options.items() if value}
    return {
        "BACKEND": "tenancy.object_store.ObjectStore",
        "OPTIONS": {"bucket_name": bucket_name, **filled},
    }
