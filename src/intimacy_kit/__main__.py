"""``python -m intimacy_kit`` is ``intimacy-kit``."""

from intimacy_kit.cli import main

main()
