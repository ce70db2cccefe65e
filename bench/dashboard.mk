bench-dashboard: .venv/dev.stamp  ## measure the public pages on PostgreSQL: 100,000 predictions, SCALE=10 for a million
	@$(BIN)/python -m tests.postgres $(BIN)/python -m bench.dashboard
