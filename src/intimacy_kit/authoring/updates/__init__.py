"""What became of a pack between two versions, and what that means for people who used the old one."""
