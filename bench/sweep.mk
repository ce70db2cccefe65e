bench-sweep: .venv/dev.stamp  ## measure the sweep, its mail and its memory on PostgreSQL: a million predictions, SCALE=3 for three
	@$(BIN)/python -m tests.postgres $(BIN)/python -m bench.sweep $(ARGS)
.PHONY: bench-sweep
