bench-scoring: .venv/dev.stamp  ## time the arithmetic of scores (N=1000000 predictions of SPEAKERS=10000)
	@.venv/bin/python -m bench.scoring
.PHONY: bench-scoring
