"""The embedded stack: the whole service on this machine, for development and for trying it."""
