"""How fast the public pages are, and how little they ask, with a large ledger behind them."""
