"""For writers: reading the sources of a pack, checking them, and building ``pack.json``.

It needs the extra ``author``; nothing here is ever imported by an app that only plays packs.
"""
