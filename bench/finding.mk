bench-finding: .venv/dev.stamp  ## time the import and the search of three documents, and of 20 MB (MB=20), on one core
	@$(BIN)/python -m bench.finding
.PHONY: bench-finding
