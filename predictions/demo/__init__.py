"""The demo ledger: what was said in three real documents, kept as JSON beside this file and inked like everything else."""
