"""Start Hindsight: broker, web, worker, beat; see ``make run``."""

from __future__ import annotations

import http.client
import os
import socket
import sys
from functools import partial
from pathlib import Path

from config import places
from config.run import broker, lock
from config.run.child import Child, die_with_parent
from config.run.supervisor import NotReady, Stopped, Supervisor, say
from config.schedule import COUNTS, JOBS, POSTS, SEARCHES

PYTHON = sys.executable
WORKERS = {
    "worker": ["--hostname", "worker@%h", "--queues", JOBS, "--concurrency", "2"],
    "searcher": ["--hostname", "searcher@%h", "--queues", SEARCHES, "--concurrency", "1"],
    "counter": ["--hostname", "counter@%h", "--queues", COUNTS, "--concurrency", "1"],
    "poster": ["--hostname", "poster@%h", "--queues", POSTS, "--concurrency", "1"],
}


WEB = ("--workers", "2", "--threads", "4", "--preload", "--limit-request-line", "8190")
"""How the web server divides its work, and how long an address may be: as long as it can be told."""


class Refused(Exception):
    """It cannot start; the message says why and what to do."""


def listen(host: str, port: str) -> socket.socket:
    """Return a socket that listens on ``host`` and ``port``, taken before anything is started.

    The web server inherits it: while that is started anew, callers wait instead of being refused.
    """
    try:
        return socket.create_server((host, int(port)), backlog=128)
    except (ValueError, OverflowError):
        raise Refused(f"PORT={port} is not a port. Try: PORT=8001 make run") from None
    except OSError as error:
        other = int(port) + 1 if int(port) < 65535 else 8001
        why = os.strerror(error.errno) if error.errno else str(error)
        raise Refused(f"{host}:{port} cannot be used: {why}. Try: PORT={other} make run") from None


def page_answers(door: socket.socket) -> bool:
    """Say whether the web server behind ``door`` answers, if only with an alarm (503): not with an error of its own."""
    host, port = door.getsockname()[:2]
    line = http.client.HTTPConnection("127.0.0.1" if host == "0.0.0.0" else host, port, timeout=2)  # noqa: S104
    try:
        line.request("GET", "/healthz")
        return line.getresponse().status in (200, 503)
    except OSError:
        return False
    finally:
        line.close()


def children(var: Path, door: socket.socket, mark: int) -> list[Child]:
    """Return what is to run, in the order of starting. Each inherits ``mark``, by which it is known to be there."""
    log, pulse = var / "log", var / "pulse"
    log.mkdir(exist_ok=True)
    pulse.mkdir(exist_ok=True)
    at = places.broker_socket(var)
    data = var / "broker"
    data.mkdir(exist_ok=True)
    celery = [PYTHON, "-m", "celery", "-A", "config"]
    worker = [*celery, "worker", "--loglevel", "INFO", "--without-gossip", "--without-mingle"]
    gunicorn = [
        *(PYTHON, "-m", "gunicorn", "config.wsgi", "--bind", f"fd://{door.fileno()}"),
        *(*WEB, "--no-control-socket"),
        *("--graceful-timeout", "5"),  # no log of requests: links in mails are signed, and act
    ]
    own_broker = Child(
        "broker",
        broker.command(at, data),
        log / "broker.log",
        (mark,),
        partial(broker.answers, at),
        last=True,
    )
    return [
        *([] if os.environ.get("REDIS_URL") else [own_broker]),
        Child("web", gunicorn, log / "web.log", (mark, door.fileno()), partial(page_answers, door)),
        *(
            Child(name, [*worker, *options], log / f"{name}.log", (mark,), pulse=pulse / name)
            for name, options in WORKERS.items()
        ),
        Child(
            "beat",
            [*celery, "beat", "--pidfile=", "--loglevel", "INFO"],
            log / "beat.log",
            (mark,),
            pulse=pulse / "beat",
        ),
    ]


def run(supervisor: Supervisor) -> None:
    """Start everything and keep it up until a signal comes.

    Raises AlreadyUp, LeftBehind, Refused, NotReady or Stopped.
    """
    var = places.made(to_write=True)
    port = os.environ.get("PORT") or "8000"
    address = (os.environ.get("SITE_URL") or f"http://localhost:{port}").rstrip("/")
    mark = lock.take(var, address)
    with listen(os.environ.get("HOST") or "127.0.0.1", port) as door:
        say("Starting Hindsight")
        password = supervisor.finish([PYTHON, "-m", "config.run.prepare"])
        if (other := os.environ.get("REDIS_URL")) and (why := broker.why_unreachable(other)):
            raise Refused(
                f"The broker that REDIS_URL names cannot be reached: {why}. Start it, or leave REDIS_URL unset "
                "and one is started for you."
            )
        for child in children(var, door, mark):
            supervisor.start(child)
            say(f"  {child.name:<12} up")
        say(f"\nHindsight is at {address}/, its desks at {address}/admin/")
        if password:
            say(f"Log in as admin, password {password} (made now, not shown at the next start)")
        say(f"Logs are in {var / 'log'}. Ctrl-C stops everything.\n")
        supervisor.watch()


def main() -> int:
    """Run; return the exit status."""
    if os.environ.get("MAKELEVEL"):
        die_with_parent()  # `make` is the parent then, and there to the end
    supervisor = Supervisor()
    try:
        run(supervisor)
    except lock.AlreadyUp as up:
        say(f"Hindsight is already up at {up}/")
    except lock.LeftBehind:
        say(
            f"Processes of an earlier run are still there, though it ended: end them (`ps -ef | grep {places.ROOT}`)."
        )
        return 1
    except (Refused, NotReady) as reason:
        say(str(reason))
        return 1
    except Stopped:
        pass
    finally:
        supervisor.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
