"""How a verdict comes about: the desk, the reviewers, their ballots and evidence, and what is corrected afterwards."""
