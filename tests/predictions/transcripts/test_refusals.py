"""What is no transcript is refused, with what to do about it."""

from __future__ import annotations

import gzip
import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from predictions.transcripts import LARGEST, Unreadable, read


def zipped() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("talk.txt", b"0" * 5_000_000)
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (b"", "", "empty"),
        (b" \n\t ", "", "empty"),
        (b"... --- !!!", "", "no words"),
        (zipped(), "talk.txt", "unpack it"),
        (gzip.compress(b"0" * 5_000_000), "talk.txt", "unpack it"),
        (b"%PDF-1.7 ...", "", "copy its text out"),
        (b"\x89PNG\r\n\x1a\n", "", "picture"),
        (b"\x00\x00\x00\x20ftypisom", "", "film"),
        (b"ID3\x04 music", "", "transcript of it"),
        (b"\x01\x02\x03\x04" * 50, "", "binary"),
        (b"words\x00words", "", "binary"),
        ("Ich möchte Käse. ".encode("latin-1") * 9, "", "Windows-1252"),
        ("這是我的".encode("big5") * 30, "", "Big5"),
        ("五年之內，出生率會再下降一成。我認為這個趨勢不會改變。".encode("big5"), "", "Big5"),
        ("五年之内，出生率会再下降一成。我认为这个趋势不会改变。".encode("gb18030"), "", "GB18030"),
        ("五年以内に出生率はさらに下がるでしょう。".encode("shift_jis"), "", "Shift_JIS"),
        ("오 년 안에 출산율이 더 떨어질 것입니다. 나는 그것을 믿는다.".encode("euc_kr"), "", "EUC-KR"),
        ("Через пять лет рождаемость упадёт.".encode("cp1251"), "", "Windows-1251"),
        ("Through the years it will hold.".encode("utf-16-le"), "", "UTF-16 without"),
        (
            "五年之內，出生率會再下降一成。我認為這個趨勢不會改變。\n".encode("utf-16-be"),
            "",
            "UTF-16 without",
        ),
        ("It’s a “fine” café. ".encode().decode("cp1252", "replace").encode() * 9, "", "garbled"),
        (b"x" * (LARGEST + 1), "", "at most 32 MB"),
        (b"WEBVTT\n", "", "no words"),
        (b"WEBVTT\n\n00:01.000 -> 00:02.000\nhello\n", "", "Line 3"),
        (b"WEBVTT\n\n00:05.000 --> 00:02.000\nhello\n", "", "ends before it begins"),
        (b"WEBVTT\n\n00:99.000 --> 00:02.000\nhello\n", "", "Line 3"),
        (b"no captions at all", "talk.srt", "Line 1"),
        (b'{"segments": [', "talk.json", "broken"),
        (b'{"segments": ' + b"[" * 100_000, "talk.json", "nested too deeply"),
        (b'{"segments": [{"body": "It will rain \\ud83d"}]}', "talk.json", "halves of characters"),
        (b'{"segments": [{"body": "It will \\u0000"}]}', "talk.json", "NUL"),
        (b'{"segments": [{"speaker": "A\\ud800n", "body": "It will rain"}]}', "talk.json", "halves"),
        (b'{"segments": [], "size": ' + b"9" * 5_000 + b"}", "talk.json", "too long to read"),
        (b'{"chapters": []}', "talk.json", "no transcript"),
        (b'{"segments": [{"speaker": "Ann"}]}', "talk.json", "Segment 1 has no words"),
        (b"<html><body><script>x()</script></body></html>", "", "no words"),
    ],
)
def test_it_says_what_is_wrong_and_what_to_do(data: bytes, name: str, says: str) -> None:
    with pytest.raises(Unreadable, match=says):
        read(data, name)


@given(st.binary(max_size=300), st.sampled_from(["", "a.vtt", "a.srt", "a.json", "a.html"]))
@settings(max_examples=200)
def test_any_bytes_are_read_or_refused(data: bytes, name: str) -> None:
    try:
        transcript = read(data, name)
    except Unreadable:
        return
    assert all(0 <= one.start < one.end <= len(transcript.text) for one in transcript.segments)


@given(
    st.text(max_size=300),
    st.sampled_from(["", "WEBVTT\n\n00:01.000 --> 00:02.000\n", "<!doctype html><p>", "# A [0:01]\n", "1. "]),
)
@settings(max_examples=200)
def test_any_text_is_read_or_refused(text: str, before: str) -> None:
    try:
        transcript = read((before + text).encode("utf-8", "replace"))
    except Unreadable:
        return
    ends = [edge for one in transcript.segments for edge in (one.start, one.end)]
    assert ends == sorted(ends)
    assert all(transcript.text[one.start : one.end].strip() for one in transcript.segments)
