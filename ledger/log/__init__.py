"""The log that nobody can rewrite: what its leaves hold, how they are sealed, and proofs for outsiders."""
