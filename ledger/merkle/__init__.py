"""The tree that the log hangs on, and the notes that sign for it. Plain Python: no Django, no clock.

Hashing and proofs are those of RFC 6962 (2.1), notes and checkpoints those of C2SP (signed-note,
tlog-checkpoint), so that any other program for transparency logs can check them.
"""
