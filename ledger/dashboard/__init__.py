"""What the public pages show: entries, figures and findings, ready for templates."""
