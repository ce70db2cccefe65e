"""The public record as JSON, read-only. Nobody's name or address but what the record itself says."""
