"""The memory of worker and beat, over thousands of sweeps without a pause."""

from __future__ import annotations

import os
import time
from pathlib import Path

from bench.sweep.crew import crew, memory_of
from tests import broker

SWEEPS, WARM = int(os.environ.get("SWEEPS", "10000")), 1_000
MOST_GROWTH = 1.05


def measure() -> list[str]:
    """Print how much worker and beat hold as they go on; return what they miss."""
    faults = []
    with broker.server() as at, crew(at, "worker", "beat") as (worker, beat):
        log = at.parent / "worker.log"
        early: dict[str, int] = {}
        for number in range(WARM, SWEEPS + 1, WARM):
            while sweeps(log) < number:
                time.sleep(0.5)
                memory_of([worker, beat])  # ends this if one of them has
            held = {"worker": memory_of([worker]), "beat": memory_of([beat])}
            early = early or held
            print(
                f"after {number:6,} sweeps: "
                + ", ".join(f"{name} {size / 2**20:.1f} MB" for name, size in held.items()),
                flush=True,
            )
    for name, size in held.items():
        if size > MOST_GROWTH * early[name]:
            faults.append(f"memory of {name}: {size / early[name]:.2f} × what it was")
    return faults


def sweeps(log: Path) -> int:
    return log.read_bytes().count(b" succeeded in ")
