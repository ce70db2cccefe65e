"""The arithmetic of the public record. Pure: numbers in, numbers out; it knows no framework and no database."""
