"""A new pack to begin with."""
