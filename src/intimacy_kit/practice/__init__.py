"""What people do with content: boundaries, events, progress, suggestions, running an exercise or a story."""
