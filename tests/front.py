"""Takes the picture in the README: ``python -m tests.front``."""

from __future__ import annotations

import contextlib
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from config import places
from tests import chromium
from tests.run import Run

PICTURE = places.ROOT / "docs" / "front.png"
EVENTS = "SELECT count(*) FROM ledger_event"


def main() -> None:
    """Start an installation with the demo ledger, let what is over fall due, and take its front page."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        run = Run(Path(folder), DEMO="1")
        run.start()
        with contextlib.closing(run.database()) as database:
            run.until(lambda: bool(database.execute(EVENTS).fetchone()[0]), 60)
        browser = playwright.chromium.launch(executable_path=chromium.executable(), args=list(chromium.FLAGS))
        page = browser.new_page(viewport={"width": 1280, "height": 800}, color_scheme="light")
        page.goto(f"http://localhost:{run.port}/")
        page.screenshot(path=PICTURE)
        run.end()


if __name__ == "__main__":
    main()
