"""The horizon engine side by side with its peers: the same phrases, the same run."""
