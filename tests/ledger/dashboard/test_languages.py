"""The public pages are in the language that the reader chose, or that their browser asks for; the desks are in English."""

from __future__ import annotations

from datetime import date

import pytest
from django.conf import settings
from django.test import Client

from ledger import wording
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("asked", "given"), [("", "en"), ("zh-TW,zh;q=0.9", "zh-hant"), ("zh-HK", "zh-hant"), ("de", "en")]
)
def test_the_browser_s_language_is_taken_where_there_is_one(client: Client, asked: str, given: str) -> None:
    page = client.get("/methodology/", HTTP_ACCEPT_LANGUAGE=asked)
    assert f'<html lang="{given}">' in page.content.decode()


def test_a_choice_is_kept_and_leads_back_to_the_page(client: Client) -> None:
    answer = client.post("/language/", {"language": "zh-hant", "back": "/sources/?page=2"})
    assert answer["Location"] == "/sources/?page=2"
    assert '<html lang="zh-hant">' in client.get("/sources/", HTTP_ACCEPT_LANGUAGE="en").content.decode()


@pytest.mark.parametrize(
    "back", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", ""]
)
def test_it_leads_nowhere_else(client: Client, back: str) -> None:
    assert client.post("/language/", {"language": "en", "back": back})["Location"] == "/"


@pytest.mark.parametrize("chosen", ["tlh", "", "../../etc"])
def test_a_language_that_is_not_there_is_not_kept(client: Client, chosen: str) -> None:
    answer = client.post("/language/", {"language": chosen, "back": "/"})
    assert settings.LANGUAGE_COOKIE_NAME not in answer.cookies


def test_the_desks_and_what_programs_read_stay_in_english(client: Client) -> None:
    assert 'lang="zh' not in client.get("/admin/login/", HTTP_ACCEPT_LANGUAGE="zh-TW").content.decode()
    answer = client.get("/api/v1/predictions/?speaker=nobody", HTTP_ACCEPT_LANGUAGE="zh-TW")
    assert "Select a valid choice" in answer.content.decode()


def test_an_address_may_name_the_language_and_then_nothing_else_counts(client: Client) -> None:
    client.post("/language/", {"language": "en", "back": "/"})
    page = client.get("/due/?when=past&lang=zh-hant").content.decode()
    assert '<html lang="zh-hant">' in page
    assert '<link rel="canonical" href="http://localhost:8000/due/?lang=zh-hant">' in page


def test_a_choice_takes_the_language_out_of_the_address(client: Client) -> None:
    answer = client.post("/language/", {"language": "en", "back": "/due/?lang=zh-hant&when=past"})
    assert answer["Location"] == "/due/?when=past"


@pytest.mark.parametrize("lang", ["en", "zh-hant"])
def test_every_language_of_a_page_names_all_of_them(client: Client, lang: str) -> None:
    page = client.get(f"/due/?lang={lang}").content.decode()
    here = "http://localhost:8000/due/"
    for code, address in (("en", here), ("zh-hant", f"{here}?lang=zh-hant"), ("x-default", here)):
        assert f'<link rel="alternate" hreflang="{code}" href="{address}">' in page


def test_what_programs_read_is_in_english_whatever_they_ask_for(client: Client) -> None:
    assert "BEGIN:VCALENDAR" in client.get("/due.ics?lang=zh-hant").content.decode()
    assert client.get("/due.ics", HTTP_ACCEPT_LANGUAGE="zh-TW").content == client.get("/due.ics").content


def test_what_is_refused_says_so_in_the_reader_s_language() -> None:
    answer = Client(enforce_csrf_checks=True).post(
        "/subscribe/", {"email": "a@b.example"}, HTTP_ACCEPT_LANGUAGE="zh-TW"
    )
    assert answer.status_code == 403
    assert "這次送出未被接受" in answer.content.decode()


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("一。 二", "一。二"),
        ("<p><b>一：</b> 二 3 四</p>", "<p><b>一：</b>二 3 四</p>"),
        ("One. Two", "One. Two"),
        ('<q lang="zh">一。 二</q>。 三', '<q lang="zh">一。 二</q>。三'),
        ("<textarea>一。 二</textarea>", "<textarea>一。 二</textarea>"),
        ('<input value="一。 二">', '<input value="一。 二">'),
    ],
)
def test_no_space_follows_a_full_width_stop_but_in_words_of_others(written: str, read: str) -> None:
    assert wording.closed_up(written) == read


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The lorry is sold.", "en"),
        ("明年一定會有機器人。", "zh-Hant"),
        ("明年一定会有机器人。", "zh-Hans"),
        ("Tesla 明年賣出百萬輛 Model Y", "zh-Hant"),
        ("42", ""),
    ],
)
def test_a_text_is_marked_with_its_own_language(text: str, language: str) -> None:
    assert wording.tongue(text) == language


def test_quotes_stand_between_the_marks_of_their_language() -> None:
    assert (wording.in_quotes("soon"), wording.in_quotes("不久")) == ("“soon”", "「不久」")


@pytest.mark.parametrize("page", ["en", "zh-hant"])
def test_a_claim_keeps_its_language_and_its_speaker_an_address_on_every_page(
    client: Client, page: str
) -> None:
    row = factories.prediction(
        "不久",
        claim="機器人打掃房子。",
        polarity="will_not",
        said={
            "speaker": factories.speaker("王小明"),
            "language": "zh-Hant",
            "quote": "不久之後，機器人不會打掃房子。",
        },
    )
    shown = client.get(f"{row.get_absolute_url()}?lang={page}").content.decode()
    assert '<h1 class="kick" lang="zh-Hant">不會：機器人打掃房子。</h1>' in shown
    assert "<p>「不久之後，機器人不會打掃房子。」</p>" in shown
    home = row.statement.speaker.get_absolute_url()
    assert f'href="{home}"' in shown
    shown = client.get(f"{home}?lang={page}").content.decode()
    assert f'"http://localhost:8000{home}"' in shown
    assert 'lang="zh-Hant">不會：機器人打掃房子。</a>' in shown


def test_how_a_date_was_read_is_told_in_the_language_of_the_page(client: Client) -> None:
    dated, undated = factories.prediction("in ten years"), factories.prediction("eventually")
    by_hand = factories.dated(factories.prediction("soon"), date(2027, 1, 1), on=date(2026, 1, 1)).prediction
    for row, told in (
        (dated, "從說出的那一天起算。"),
        (undated, "無法推算日期：用詞含糊（如「不久」、「遲早」），沒有指明時間。"),
        (by_hand, "日期由人訂定。"),
    ):
        assert f">{told}</span>" in client.get(f"{row.get_absolute_url()}?lang=zh-hant").content.decode()


@pytest.mark.parametrize(("language", "told"), [("en", ".</strong> One"), ("zh-hant", "。</strong>一")])
def test_pages_are_closed_up_in_chinese_alone(client: Client, language: str, told: str) -> None:
    assert told in client.get(f"/?lang={language}").content.decode()
