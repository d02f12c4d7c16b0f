"""What each code means: one page each, with an example that fails and the same one mended."""
