"""The editorial guide as checks: what a pack says, and how."""
