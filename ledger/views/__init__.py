"""The public pages: each view asks for the data, names the finding, and renders. The day is read here."""
