"""The checks of an app, each a function that tries something and gives what it found against a promise."""
