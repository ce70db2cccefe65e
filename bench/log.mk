bench-log: .venv/dev.stamp  ## time the log's tree: a million leaves, and all pairs of a thousand checkpoints (N=1000000)
	@$(BIN)/python -m bench.log
