"""From the rows of the ledger to stored figures, by the arithmetic of ``ledger.scoring``."""
