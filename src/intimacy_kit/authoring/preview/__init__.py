"""A page that shows a pack as two people would see it, while it is being written."""
