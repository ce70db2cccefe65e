"""What checks an export of the ledger. Plain Python, the standard library alone: ``verify.py`` is put together from it.

``ledger.log.standalone`` joins these modules, and those that they need of ``ledger.merkle`` and
``ledger.scoring``, into the one file that stands in every export: all of them are of the standard
library alone, and no two use the same name. ``retold`` stays out of it: what it asks of
``ledger.scoring`` takes an installation.
"""
