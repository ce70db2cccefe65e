"""Each guard is taken out of a copy of the code, and the tests that stand for it must fail."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from config import places

PARTS = ("config", "ledger", "predictions", "tests", "docs", "manage.py", "pyproject.toml", "README.md")


@dataclass(frozen=True)
class Mutation:
    """A guard, the words in a file that are it, what stands there instead, and the tests that tell."""

    guard: str
    file: str
    words: str
    instead: str
    tests: str
    which: str
    always: bool = False  # also in the short form


MUTATIONS = [
    Mutation(
        "the unique key of an event",
        "ledger/migrations/0001_initial.py",
        'condition=models.Q(("kind", "fell_due")),\n                fields=("prediction",),\n                name="prediction_falls_due_once"',
        'condition=models.Q(("kind", "fell_twice")),\n                fields=("prediction",),\n                name="prediction_falls_due_once"',
        "tests/faults/test_ticks.py",
        "the_database_admits_one",
        always=True,
    ),
    Mutation(
        "the unique key of what is owed",
        "ledger/migrations/0012_deliveries_in_mails.py",
        'fields=("event", "subscriber", "kind", "occasion"), name',
        'fields=("event", "subscriber", "kind", "occasion", "id"), name',
        "tests/ledger/post/test_outbox.py",
        "owing_the_same_again",
    ),
    Mutation(
        "the lease",
        "ledger/post/handing.py",
        "mail.held_until = at + LEASE",
        "mail.held_until = at",
        "tests/ledger/post/test_outbox_senders.py",
        "one_claim_wins",
        always=True,
    ),
    Mutation(
        "the claim before sending",
        "ledger/post/handing.py",
        "return bool(Mail.objects.sendable(at).filter(pk=mail.pk)",
        "return bool(Mail.objects.filter(pk=mail.pk)",
        "tests/ledger/post/test_outbox_senders.py",
        "one_claim_wins or send_each_mail_once",
    ),
    Mutation(
        "the stable Message-ID",
        "ledger/models/post.py",
        "uuid.uuid5(uuid.NAMESPACE_OID, self.key)",
        "uuid.uuid4()",
        "tests/ledger/post",
        "killed_before_it_could_note or answers_too_late",
        always=True,
    ),
    Mutation(
        "the question whether it is still true",
        "ledger/post/handing.py",
        "reasons = truth.why_not(mail.subscriber, items, day_of(at))",
        'reasons = dict.fromkeys(items, "")',
        "tests/ledger/post/test_outbox.py",
        "a_verdict_came_first or the_reader_left_first",
        always=True,
    ),
    Mutation(
        "that it is asked of all that a long mail holds",
        "ledger/post/handing.py",
        "left = _filled_up(mail, left, at)",
        "pass",
        "tests/faults/test_downtime.py",
        "more_than_a_mail_lists",
    ),
    Mutation(
        "what comes first in a long mail",
        "ledger/post/envelopes.py",
        "key=lambda item: PLACE[item.kind])",
        "key=lambda item: item.pk)",
        "tests/ledger/post/test_envelopes.py",
        "what_came_true_stands_before",
    ),
    Mutation(
        "the same question again after a slow answer",
        "ledger/post/handing.py",
        "if at - asked_at <= FRESH:",
        "if asked_at:",
        "tests/ledger/post/test_outbox.py",
        "while_the_server_took",
    ),
    Mutation(
        "what keeps channels from this machine and its network",
        "ledger/post/channels/guarded.py",
        "all(is_public(address) for address in found)",
        "bool(found)",
        "tests/ledger/post/channels/test_guarded.py",
        "out_of_reach",
    ),
    Mutation(
        "the date of the event",
        "ledger/due.py",
        "yield {day: end_of(day) for day in",
        "yield {day: end_of(date.today()) for day in",
        "tests/faults/test_downtime.py",
        "thirty_days",
        always=True,
    ),
    Mutation(
        "one mail after a downtime",
        "ledger/post/envelopes.py",
        "together = len(rest) > FEW or any(_is_late(item) for item in rest)",
        "together = False",
        "tests/faults/test_downtime.py",
        "thirty_days",
    ),
    Mutation(
        "event and mail, both or neither",
        "ledger/due.py",
        "    with transaction.atomic():\n        appended",
        "    if True:\n        appended",
        "tests/ledger/test_due.py",
        "dies_between",
    ),
    Mutation(
        "one run of counting at a time",
        "ledger/counting/reckoning.py",
        "before.ended_at is None and before.held_until > at:",
        "before.ended_at is None and before.held_until < at:",
        "tests/ledger/counting/test_reckoning.py",
        "two_runs_at_once",
    ),
    Mutation(
        "that a run which was given up for dead stores nothing",
        "ledger/counting/reckoning.py",
        "raise Overtaken(run)",
        "return",
        "tests/ledger/counting/test_reckoning.py",
        "given_up_for_dead",
    ),
    Mutation(
        "that figures of earlier runs go with the next of everything",
        "ledger/counting/reckoning.py",
        "Score.objects.exclude(reckoning=run).delete()",
        "pass",
        "tests/ledger/counting/test_reckoning.py",
        "nothing_counted_any_more",
    ),
    Mutation(
        "one of each job in the broker",
        "config/beat.py",
        "return None if entry.task in self.waiting() else super()",
        "return super()",
        "tests/config/test_schedule.py",
        "holds_one_of_each",
    ),
]


@pytest.fixture
def copy_of_the_code(tmp_path: Path) -> Path:
    for part in PARTS:
        whole = places.ROOT / part
        if whole.is_dir():
            shutil.copytree(whole, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copyfile(whole, tmp_path / part)
    return tmp_path


@pytest.mark.parametrize(
    "mutation",
    [
        pytest.param(one, id=one.guard, marks=[] if one.always else [pytest.mark.at_length])
        for one in MUTATIONS
    ],
)
def test_without_it_the_tests_fail(mutation: Mutation, copy_of_the_code: Path) -> None:
    file = copy_of_the_code / mutation.file
    code = file.read_text()
    assert code.count(mutation.words) == 1, "the guard reads otherwise now: say how"
    file.write_text(code.replace(mutation.words, mutation.instead))
    command = [sys.executable, "-m", "pytest", "-p", "no:randomly", "-p", "no:cacheprovider", "-x"]
    if "/migrations/" not in mutation.file:
        command.append("--nomigrations")  # tables made in one go: the guard is none of theirs
    ended = subprocess.run(
        [*command, mutation.tests, "-k", mutation.which],
        cwd=copy_of_the_code,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert ended.returncode == 1, ended.stdout[-3000:]
    assert " failed" in ended.stdout, ended.stdout[-3000:]
