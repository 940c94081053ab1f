"""Uploads in an S3 store, tried against moto's server on loopback: the same promises as on the disk, and a backup that says so."""

import logging
import os

import boto3
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from moto.server import ThreadedMotoServer
from wagtail.documents import get_document_model

from config import media
from config.embedded.roles import Urls
from h5p_lite import blobs
from providers.models import Provider
from recovery import saving
from recovery.places import Installation
from tenancy import contents
from tenancy.lens import look, system
from tenancy.object_store import ObjectStore
from tests.support.settings_said import settings_said

KEY = {"access_key": "lernstadt", "secret_key": "not a secret"}
BUCKET = "lernstadt"


@pytest.fixture(scope="module")
def store():
    """Its settings, as the environment would give them."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer("127.0.0.1", 0)
    server.start()
    host, port = server.get_host_and_port()
    said = media.store(
        bucket_name=BUCKET, endpoint_url=f"http://{host}:{port}", region_name="eu-central-1", **KEY
    )
    yield said
    server.stop()


@pytest.fixture
def files(store, settings):
    """As the storage of everything, with an empty bucket."""
    options = store["OPTIONS"]
    client = boto3.client(
        "s3",
        endpoint_url=options["endpoint_url"],
        region_name=options["region_name"],
        aws_access_key_id=KEY["access_key"],
        aws_secret_access_key=KEY["secret_key"],
    )
    client.create_bucket(
        Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": "eu-central-1"}
    )
    settings.STORAGES = settings.STORAGES | {"default": store}
    contents._whole.clear()
    assert isinstance(storages["default"], ObjectStore)
    yield client
    for found in client.list_objects_v2(Bucket=BUCKET).get("Contents", []):
        client.delete_object(Bucket=BUCKET, Key=found["Key"])
    client.delete_bucket(Bucket=BUCKET)
    contents._whole.clear()


def keys(client):
    return sorted(found["Key"] for found in client.list_objects_v2(Bucket=BUCKET)["Contents"])


def test_the_environment_names_it():
    said = settings_said(MEDIA_S3_BUCKET="b", MEDIA_S3_ENDPOINT="https://s3.example.org")
    assert said["STORAGES"]["default"] == {
        "BACKEND": "tenancy.object_store.ObjectStore",
        "OPTIONS": {"bucket_name": "b", "endpoint_url": "https://s3.example.org"},
    }
    assert settings_said()["STORAGES"]["default"] == {"BACKEND": "tenancy.storage.DurableFiles"}


def test_what_is_named_by_its_content_is_kept_once_and_mended(files):
    digest = blobs.keep_bytes(b"content of an activity").sha256
    path = blobs.path_of(digest)
    assert keys(files) == [path]
    files.put_object(Bucket=BUCKET, Key=path, Body=b"half")
    contents._whole.clear()
    assert not contents.is_whole(path, digest)
    blobs.keep_bytes(b"content of an activity")
    with default_storage.open(path) as file:
        assert file.read() == b"content of an activity"


def test_a_folder_is_there_when_something_is_in_it(files):
    assert not default_storage.exists("editions")
    contents.put("editions/a.txt", ContentFile(b"a"))
    assert default_storage.exists("editions")
    assert default_storage.listdir("editions") == ([], ["a.txt"])
    assert not default_storage.exists("edit")


def test_an_upload_leaves_through_our_own_door(files, db):
    with look(system("test")):
        house = Provider.objects.get(slug="haus")
        plan = get_document_model().objects.create(
            title="Plan", file=ContentFile(b"Plan", "plan.txt"), collection=house.collection
        )
    [key] = keys(files)
    assert key == plan.file.name
    assert len(key.split("/")) == 3  # documents/<random>/plan.txt
    assert plan.file.url == f"/redaktion/medien/{key}"
    with plan.file.open() as file:
        assert file.read() == b"Plan"
    plan.file.delete(save=False)
    assert "Contents" not in files.list_objects_v2(Bucket=BUCKET)


def test_a_long_file_is_read_in_parts(files):
    contents.put("films/long.mp4", ContentFile(os.urandom(6 * 2**20)))
    with default_storage.open("films/long.mp4") as film:
        assert film.size == default_storage.size("films/long.mp4") == 6 * 2**20
        film.seek(5 * 2**20)
        assert len(film.read(2 * 2**20)) == 2**20


def test_a_backup_says_what_is_not_in_it(tmp_path):
    urls = Urls("postgresql://app@/x", "postgresql://owner@/x")
    here = Installation(tmp_path, urls, {})
    assert saving.media_of(here) == "in this file"
    there = {"MEDIA_S3_BUCKET": "b", "MEDIA_S3_ENDPOINT": "https://s3.example.org"}
    told = saving.media_of(Installation(tmp_path, urls, there))
    assert told == "NOT in this file: bucket b at https://s3.example.org"
    said = []
    saving.say_where_media_are(Installation(tmp_path, urls, there), said.append)
    assert said == [
        "The uploads are NOT in this file: bucket b at https://s3.example.org. Switch on versions and a second place there."
    ]
