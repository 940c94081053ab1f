"""What a content wants from elsewhere is found before anybody waits for it."""

import pytest

from h5p_lite.core.outside import hosts_in, outside_files


def film(path, **more):
    return {"path": path, "mime": "video/YouTube"} | more


def test_films_and_pictures_of_other_servers_are_found_at_any_depth():
    params = {
        "video": {"files": [film("https://www.youtube.com/watch?v=x"), film("videos/own.mp4")]},
        "parts": [{"params": {"image": {"path": "//cdn.example:8443/a.png", "width": 3}}}],
        "again": film("http://www.youtube.com/other"),
    }
    assert hosts_in(params) == ["www.youtube.com", "cdn.example"]


def test_each_is_found_at_its_place_in_its_part():
    part = {"library": "H5P.Video 1.6", "params": {"sources": [film("https://a.example/1.mp4")]}}
    nested = {"library": "H5P.Column 1.16", "params": {"content": [{"content": part}]}}
    params = {"video": {"files": [film("https://b.example/2.mp4")]}, "parts": [nested]}
    assert [one[:3] for one in outside_files(params)] == [
        ((), ("video", "files", 0), "https://b.example/2.mp4"),
        (
            ("parts", 0, "params", "content", 0, "content"),
            ("sources", 0),
            "https://a.example/1.mp4",
        ),
    ]


@pytest.mark.parametrize(
    "path",
    ["videos/a.mp4", "", "data:image/png;base64,x", "mailto:a@b.example", "https://[bad", 3, None],
)
def test_the_contents_own_files_are_not_elsewhere(path):
    assert hosts_in({"a": film(path)}) == []


def test_a_link_in_a_text_is_no_file():
    assert hosts_in({"text": "https://example.org", "link": {"path": "https://example.org"}}) == []


def test_nothing_is_too_deep():
    params = film("https://example.org/a")
    for _ in range(5000):
        params = {"a": params}
    assert hosts_in(params) == []
