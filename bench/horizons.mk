# The horizon engine beside its peers, which live in an environment of their own.
bench-horizons: .venv/dev.stamp var/bench-horizons/node.stamp var/bench-horizons/python.stamp  ## read the same phrases with the horizon engine and its peers
	@.venv/bin/python -m bench.horizons

# A peer that cannot be installed is listed as such in the table.
var/bench-horizons/node.stamp: bench/horizons/package.json
	@mkdir -p var/bench-horizons/node && cp bench/horizons/package.json bench/horizons/peers.mjs var/bench-horizons/node/
	@(cd var/bench-horizons/node && npm install --silent --no-audit --no-fund) || echo "the peers on Node could not be installed"
	@touch $@

var/bench-horizons/python.stamp: bench/horizons/requirements.txt
	@$(PYTHON) -m venv var/bench-horizons/python
	@var/bench-horizons/python/bin/pip install --quiet --disable-pip-version-check -r bench/horizons/requirements.txt || echo "the peers on Python could not be installed"
	@touch $@

var/bench-horizons/node.stamp: bench/horizons/peers.mjs
.PHONY: bench-horizons
