"""What a pack is made of: frozen values that check themselves; no input or output, no clock."""
