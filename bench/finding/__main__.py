"""Measure the import of transcripts and the search in them, on one core; ``make bench-finding`` (MB=20 for the long one).

Each part is a process of its own, as it is where Hindsight runs: `import_transcript` stores the files, and the worker
searches them and stores what it finds. What a process takes to begin, whatever it does then, is told apart.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bench.finding import text
from config import places

SHARED = Path(__file__).parents[3] / "shared" / "seeds"  # beside the repository, where it is there
MB = int(os.environ.get("MB", "20"))
OWN = 3, 67_000
"""Where the documents are not there: so many of ours, of so many bytes."""
MOST_SECONDS = {"documents": 5.0, "long": 300.0}
MOST_MEGABYTES = 500
TIMED = """
import sys, time, django
django.setup()
from django.core.management import call_command
from predictions.models import Candidate
from predictions.tasks import find_candidates
began = time.process_time()
{work}
print(time.process_time() - began, began, {told})
"""
MIGRATE = TIMED.format(work="call_command('migrate', verbosity=0)", told=0)
IMPORT = TIMED.format(
    work="for name in sys.argv[1:]: call_command('import_transcript', name, '--said-on', '2026-02-05')",
    told=0,
)
SEARCH = TIMED.format(work="find_candidates()", told="Candidate.objects.count()")


@dataclass(frozen=True)
class Spent:
    """Processor time for a process's work and before it, in seconds; the most memory it held, in megabytes; how much it found."""

    seconds: float
    to_begin: float
    megabytes: float
    found: int


def run(environ: dict[str, str], *arguments: str) -> Spent:
    """Run a timed program to its end, on one core."""
    process = subprocess.Popen(  # noqa: S603 (this very Python)
        [sys.executable, "-c", *arguments],
        cwd=places.ROOT,
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        preexec_fn=lambda: os.sched_setaffinity(0, {min(os.sched_getaffinity(0))}),
    )
    assert process.stdout is not None
    written = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, arguments
    seconds, to_begin, found = written.split()
    return Spent(float(seconds), float(to_begin), usage.ru_maxrss / 1024, int(found))


def measure(what: str, files: Iterable[Path]) -> list[str]:
    """Import and search ``files`` in an installation of their own, and print what that took; return what is missed."""
    files = list(files)
    with tempfile.TemporaryDirectory(prefix="hindsight-") as folder:
        environ = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        environ |= {
            "HINDSIGHT_VAR": folder,
            "REDIS_URL": f"unix://{folder}/nobody",
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        run(environ, MIGRATE)
        imported = run(environ, IMPORT, *map(str, files))
        searched = run(environ, SEARCH)
    size = sum(file.stat().st_size for file in files) / 1e6
    seconds = imported.seconds + searched.seconds
    megabytes = max(imported.megabytes, searched.megabytes)
    print(
        f"{what}: {size:.1f} MB, {searched.found:,} candidates: {seconds:.1f} s of processor time "
        f"(import {imported.seconds:.1f}, search {searched.seconds:.1f}; and {imported.to_begin:.1f} to begin each), "
        f"at most {megabytes:.0f} MB",
        flush=True,
    )
    return [
        *([f"{what}: more than {MOST_SECONDS[what]:.0f} s"] if seconds > MOST_SECONDS[what] else []),
        *([f"{what}: more than {MOST_MEGABYTES} MB"] if megabytes > MOST_MEGABYTES else []),
    ]


def made_up(folder: Path) -> Iterable[Path]:
    """Documents of our own sentences."""
    number, size = OWN
    for turn in range(number):
        path = folder / f"{turn}.txt"
        path.write_text(text.transcript(size, seed=turn), encoding="utf-8")
        yield path


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="hindsight-") as name:
        folder = Path(name)
        long = folder / "long.txt"
        long.write_text(text.transcript(MB * 1_000_000), encoding="utf-8")
        missed = [
            *measure("documents", sorted(SHARED.iterdir()) if SHARED.exists() else made_up(folder)),
            *measure("long", [long]),
        ]
    for line in missed:
        print(f"MISSED {line}")
    return bool(missed)


if __name__ == "__main__":
    sys.exit(main())
