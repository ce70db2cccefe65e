"""What falling due, telling of it and watching for it cost, with a long history behind them."""
