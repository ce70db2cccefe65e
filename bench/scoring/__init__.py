"""How long the arithmetic of scores takes."""
