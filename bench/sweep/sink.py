"""A mail server that takes twenty milliseconds for each mail: prints its port and serves until it is ended."""

from __future__ import annotations

import signal

from tests.smtp_sink import SmtpSink

if __name__ == "__main__":
    mail_server = SmtpSink()
    mail_server.pause = 0.010  # before it keeps a mail, and again before it says so
    mail_server.start()
    print(mail_server.port, flush=True)
    signal.pause()
