"""A page that shows a pack as two people would see it, while it is being written.

``reading`` and ``looking`` say what lies in the folder, ``notes`` where its problems belong, ``addresses`` what is
asked for. ``pages`` and ``views`` make HTML of it, ``watching`` follows the folder, and ``serving`` answers a browser
on this machine.
"""

from intimacy_kit.authoring.preview.serving import app, bound, server_of

__all__ = ["app", "bound", "server_of"]
