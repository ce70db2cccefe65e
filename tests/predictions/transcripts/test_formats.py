"""Each format becomes words, voices and times; offsets lead back into the file."""

from __future__ import annotations

from datetime import timedelta

import pytest

from predictions.transcripts import Certainty, Segment, Transcript, read

VTT = """\
WEBVTT

NOTE made by hand

00:01.000 --> 00:04.000
<v Ann Lee>The dam <i>will</i> hold</v>

2
00:00:04.000 --> 00:00:06.500 align:start
<v Bob>Fish &amp; chips</v>
<v Ann Lee>until 2030
"""
SRT = "1\r\n00:00:01,000 --> 00:00:02,000\r\nANN: hello there\r\n\r\n2\r\n00:00:03,250 --> 00:00:05,000\r\nthe dam holds\r\n"
JSON = (
    '{"version": "1.0.0", "segments": [{"speaker": "Ann", "startTime": 1.5, "endTime": 2, '
    '"body": "It\\u2019s \\"late\\""}, {"speaker": "Ann", "startTime": 9, "body": "again"}]}'
)
HTML = """\
<!doctype html><html><head><title>Menu</title></head><body><nav>Home</nav>
<article><h1>Dams</h1><p>Fish &amp; chips
stay <b>dear</b>.</p><ul><li>one<ul><li>two</li></ul></li></ul><script>var x = "<p>no</p>";</script></article>
<footer>Imprint</footer></body></html>"""


def words(transcript: Transcript) -> list[str]:
    return [transcript.text[one.start : one.end] for one in transcript.segments]


def in_file(transcript: Transcript, segment: Segment, file: str) -> str:
    start, end = transcript.span_in_file(segment.start, segment.end)
    return file[start:end]


@pytest.mark.parametrize(
    ("file", "name", "kind", "said"),
    [
        (VTT, "", "vtt", ["The dam will hold", "Fish & chips", "until 2030"]),
        (SRT, "", "srt", ["hello there", "the dam holds"]),
        (JSON, "", "json", ['It’s "late"', "again"]),
        (HTML, "", "html", ["Dams", "Fish & chips stay dear.", "one", "two"]),
        ("One line. Two.", "talk.txt", "text", ["One line. Two."]),
        ("One\nline.\n\nTwo.\r\n\r\nThree.", "", "text", ["One\nline.", "Two.", "Three."]),
        ("# Title\n\nWords.\n", "", "markdown", ["Words."]),
        ("1. One\n   - Two\n     - Three\n2. Four\n", "", "outline", ["One", "Two", "Three", "Four"]),
    ],
)
def test_the_words_of_each_format(file: str, name: str, kind: str, said: list[str]) -> None:
    transcript = read(file.encode(), name)
    assert (transcript.format, words(transcript)) == (kind, said)


HEAD = '<!doctype html><html><head><meta charset="utf-8"><title>Menu</title><script>var x = "<p>no</p>";</script>'
WORDS = "<h1>Dams</h1><p>They hold."


@pytest.mark.parametrize(
    "file",
    [
        HEAD + "</head><body>" + WORDS,
        HEAD + "<body>" + WORDS,
        HEAD + WORDS,
        HEAD + "<noscript><img src=x><p>no</p></noscript>" + WORDS,
        "<!doctype html><title>Menu</title>" + WORDS,
        "<!doctype html><head><title>Menu</title>Dams<p>They hold.",
        HEAD
        + "<body><form action=/><input name=q><label>Find</label>"
        + WORDS
        + "<button>Go</button></form>",
        HEAD + "<body><form><article>" + WORDS + "</article><textarea>Reply</textarea></form>",
    ],
)
def test_a_page_may_leave_the_end_of_its_head_out_and_wrap_all_in_a_form(file: str) -> None:
    assert words(read(file.encode())) == ["Dams", "They hold."]


@pytest.mark.parametrize(
    "file", ["One line. Two.", "# T\n\nWords.\n", "1. One\n   - Two\n", "Ann: a\n\nBob: b"]
)
def test_text_markdown_and_lists_are_kept_as_they_came(file: str) -> None:
    assert read(file.encode()).text == file


@pytest.mark.parametrize(
    ("file", "there"),
    [
        (VTT, ["The dam <i>will</i> hold", "Fish &amp; chips", "until 2030"]),
        (SRT, ["hello there", "the dam holds"]),
        (JSON, ['It\\u2019s \\"late\\"', "again"]),
        (HTML, ["Dams", "Fish &amp; chips\nstay <b>dear</b>.", "one", "two"]),
    ],
)
def test_offsets_lead_back_into_the_file(file: str, there: list[str]) -> None:
    transcript = read(file.encode())
    assert [
        in_file(transcript, one, file)[: len(want)]
        for one, want in zip(transcript.segments, there, strict=True)
    ] == there


@pytest.mark.parametrize(
    ("file", "voices"),
    [
        (VTT, [("Ann Lee", 1.0), ("Bob", 4.0), ("Ann Lee", 4.0)]),
        (SRT, [("ANN", 1.0), ("ANN", 3.25)]),
        (JSON, [("Ann", 1.5), ("Ann", 9.0)]),
        ("Ann Lee: Hello.\n\nBob Ray (1:02:03): Hi.", [("Ann Lee", None), ("Bob Ray", 3723.0)]),
        ("[00:05] Ann Lee: Hello.\n\n[00:09] Bob Ray: Hi.", [("Ann Lee", 5.0), ("Bob Ray", 9.0)]),
        ("### Ann Lee <small>[00:02]</small>\nHello.\n\nAgain.\n", [("Ann Lee", 2.0), ("Ann Lee", 2.0)]),
        ("**Ann Lee:** Hello.\n\n**Bob Ray:** Hi.", [("Ann Lee", None), ("Bob Ray", None)]),
        (
            "主持人：你好。\n\n來賓：早。\n\n主持人：請坐。\n\n來賓：好。",
            [("主持人", None), ("來賓", None)] * 2,
        ),
        ("Note: this is no name.\n\nMore concrete prediction: nothing.", [(None, None), (None, None)]),
    ],
)
def test_who_speaks_and_when(file: str, voices: list[tuple[str | None, float | None]]) -> None:
    seconds = [
        (one.speaker, one.began.total_seconds() if one.began else None)
        for one in read(file.encode()).segments
    ]
    assert seconds == voices


def test_a_label_is_a_claim_with_a_certainty() -> None:
    labelled = read(b"Ann Lee: Hello.\n\nBob Ray: Hi.\n\nI stay.").segments
    assert [one.certainty for one in labelled] == [Certainty.CERTAIN, Certainty.CERTAIN, Certainty.LIKELY]
    one_name_for_all = read(b"### Ann [00:01]\nHow are you?\n\n### Ann [00:09]\nFine.\n").segments
    assert {one.certainty for one in one_name_for_all} == {Certainty.UNSURE}


def test_who_is_spoken_of_does_not_speak() -> None:
    text = "Ann Lee: I like dams.\n\nI do not see why Ann likes them.\n\nThey leak."
    assert [one.speaker for one in read(text.encode()).segments] == ["Ann Lee", None, None]


def test_indentation_is_depth() -> None:
    text = "Intro.\n\n  1. He likes dams.\n\n    1. I do not.\n\n  2. He swims.\n\nEnd.\n"
    assert [one.depth for one in read(text.encode()).segments] == [0, 1, 2, 1, 0]


def test_rolling_captions_say_each_line_once() -> None:
    rolling = "WEBVTT\n\n00:01.000 --> 00:02.000\nthe dam\n\n00:02.000 --> 00:03.000\nthe dam\nwill hold\n\n00:03.000 --> 00:04.000\nwill hold\nfor years\n"
    assert read(rolling.encode()).text.split("\n") == ["the dam", "will hold", "for years"]


CUES = "WEBVTT\n\n00:01.000 --> 00:02.000\n{}\n\n00:02.000 --> 00:03.000\n{}\n"


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ("No.", "No.", ["No.", "No."]),
        ("<v Ann>No.", "<v Bob>No.\nNever.", ["No.", "No.", "Never."]),
        ("<v Ann>The dam\nholds", "<v Ann>holds\nfor years", ["The dam", "holds", "for years"]),
        ("- No.", "- No.\n- Yes.", ["No.", "No.", "Yes."]),
        ("-5 degrees", "– so cold", ["-5 degrees", "so cold"]),
    ],
)
def test_only_what_rolls_is_taken_for_shown_again(first: str, second: str, said: list[str]) -> None:
    assert words(read(CUES.format(first, second).encode())) == said


def test_a_rolling_line_held_still_for_a_flash_is_not_said_again() -> None:
    held = "WEBVTT\n\n00:01.000 --> 00:02.000\nthe dam\n\n00:02.000 --> 00:02.010\nthe dam\n\n00:02.010 --> 00:03.000\nthe dam\nholds\n"
    assert words(read(held.encode())) == ["the dam", "holds"]


@pytest.mark.parametrize(
    ("first", "second", "voices"),
    [
        ("ANN: No.", "Yes.", [("ANN", "certain"), ("ANN", "likely")]),
        ("ANN: No.", "- Yes.", [("ANN", "certain"), (None, "unsure")]),
        ("ANN: No.\n>> Yes.", "Oh.", [("ANN", "certain"), (None, "unsure"), (None, "unsure")]),
        ("<v Ann>No.", "Yes.", [("Ann", "certain"), (None, "unsure")]),
        ("<v Ann>No.</v> Yes.", "Oh.", [("Ann", "certain"), (None, "unsure"), (None, "unsure")]),
        ("Prediction: rust will win.", "Prediction: so will I.", [(None, "unsure")] * 2),
        ("Rust: it will win.", "Yes.", [(None, "unsure")] * 2),
        ("Ann: No.", "Ann: Yes.", [("Ann", "certain")] * 2),
    ],
)
def test_a_voice_in_captions_ends_with_its_cue_or_goes_on_as_likely(
    first: str, second: str, voices: list[tuple[str | None, str]]
) -> None:
    found = read(CUES.format(first, second).encode()).segments
    assert [(one.speaker, one.certainty.value) for one in found] == voices


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The dam holds.", "en"),
        ("水壩還會撐下去。", "zh-Hant"),
        ("水坝还会撑下去。", "zh-Hans"),
        ("Плотина", "und"),
        ("42", "und"),
    ],
)
def test_the_language_of_a_segment(text: str, language: str) -> None:
    assert read(text.encode()).segments[0].language == language


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_with_a_byte_order_mark_is_read(encoding: str) -> None:
    assert read("Käse – 水".encode(encoding)).text == "Käse – 水"


def test_a_caption_begins_when_its_cue_does() -> None:
    assert read(b"WEBVTT\n\n1:02:03.500 --> 1:02:04.000\nhello\n").segments[0].began == timedelta(
        seconds=3723.5
    )


@pytest.mark.parametrize(
    ("text", "voices"),
    [
        (
            "Ann: Hello.\nBob: Hi.\nAnn: It will rain.\nCarl: I know.\nBob: Yes.",
            ["Ann", "Bob", "Ann", "Carl", "Bob"],
        ),
        ("記者：你好。\n林文昌：你好。\n記者：會下雨嗎？", ["記者", "林文昌", "記者"]),
        ("Breaking News: The dam broke.", [None]),
        ("Key Points: It will rain.\nAnn: Yes.\nBob: No.\nAnn: Well.", [None, "Ann", "Bob", "Ann"]),
        ("The Big Question: will it hold?\n\nIt holds.\n\nIt leaks.", [None, None, None]),
    ],
)
def test_a_label_on_each_turn_is_a_voice_and_a_heading_is_none(text: str, voices: list[str | None]) -> None:
    assert [one.speaker for one in read(text.encode()).segments] == voices
