"""The tests' own surroundings are real."""

from __future__ import annotations

import pytest
from django.core.mail import EmailMessage
from django.db import connection
from playwright.sync_api import Page

from tests.smtp_sink import SmtpSink
from tests.worker import Worker


def test_mail_goes_to_a_real_server(smtp_sink: SmtpSink) -> None:
    EmailMessage("Due", "It fell due.", to=["reader@example.org"]).send()
    (mail,) = smtp_sink.wait_for(1)
    assert (mail["Subject"], mail["To"]) == ("Due", "reader@example.org")
    assert smtp_sink.recipients == [["reader@example.org"]]


def test_a_refused_mail_raises_and_is_not_kept(smtp_sink: SmtpSink) -> None:
    smtp_sink.refusal = "451 try later"
    with pytest.raises(OSError, match="try later"):
        EmailMessage("Due", "It fell due.", to=["reader@example.org"]).send()
    assert not smtp_sink.messages


def test_jobs_are_done_by_a_process_of_their_own(worker: Worker) -> None:
    worker.run("ledger.tasks.flag_due")
    assert "ledger.tasks.flag_due" in worker.log.read_text()


def test_the_worker_does_another_job_after_another_test(worker: Worker) -> None:
    worker.run("ledger.tasks.send_alerts")
    assert "succeeded" in worker.log.read_text()


def test_a_page_is_seen_by_a_real_browser(page: Page) -> None:
    page.goto("/admin/")
    page.get_by_role("button", name="Log in").wait_for()


def test_an_editor_is_logged_in(admin_page: Page) -> None:
    response = admin_page.goto("/admin/")
    assert response is not None
    assert response.url.endswith("/admin/")
    assert response.ok


def test_a_reader_and_an_editor_fit_in_one_test(page: Page, admin_page: Page) -> None:
    admin_page.goto("/admin/")
    page.goto("/admin/")
    assert "/login/" in page.url


@pytest.mark.django_db
def test_sqlite_takes_its_write_lock_at_the_beginning() -> None:
    with connection.cursor() as cursor:
        if connection.vendor != "sqlite":
            cursor.execute("SHOW server_version")
            assert int(cursor.fetchone()[0].split(".")[0]) >= 16
            return
        for pragma, value in [
            ("journal_mode", "wal"),
            ("synchronous", 2),
            ("recursive_triggers", 1),
            ("foreign_keys", 1),
        ]:
            cursor.execute(f"PRAGMA {pragma}")
            assert cursor.fetchone() == (value,)
