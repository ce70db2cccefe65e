"""Addresses that lead to a moment in a recording."""

from __future__ import annotations

import pytest

from predictions.recording import clock, moment


@pytest.mark.parametrize(
    ("url", "seconds", "expected"),
    [
        ("https://www.youtube.com/watch?v=abc", 83.9, "https://www.youtube.com/watch?v=abc&t=83s"),
        ("https://m.youtube.com/watch?v=abc&t=5s", 83, "https://m.youtube.com/watch?v=abc&t=83s"),
        ("https://youtu.be/abc", 0, "https://youtu.be/abc?t=0s"),
        ("https://vimeo.com/123", 83, "https://vimeo.com/123#t=83s"),
        ("https://example.org/talk.MP3", 83, "https://example.org/talk.MP3#t=83"),
        ("https://example.org/talk.html", 83, None),
        ("https://example.org/talk.mp3", None, None),
        ("", 83, None),
        ("https://[broken", 83, None),
        ("https://notyoutube.com/watch?v=abc", 83, None),
    ],
)
def test_an_address_leads_to_the_moment_where_it_can(
    url: str, seconds: float | None, expected: str | None
) -> None:
    assert moment(url, seconds) == expected


@pytest.mark.parametrize(
    ("seconds", "shown"), [(0, "0:00"), (83.9, "1:23"), (3723, "1:02:03"), (360_000, "100:00:00")]
)
def test_a_time_reads_as_players_show_it(seconds: float, shown: str) -> None:
    assert clock(seconds) == shown
