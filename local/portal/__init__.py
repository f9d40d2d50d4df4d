"""A simulator of the CMO Grievance Portal: a real HTTP server that speaks the portal's interface.

It runs as a process of its own (``python -m local.portal``), keeps what it accepted in a journal, misbehaves
when told to (``faults``), loses, alters and makes up entries when told to (``tampering``), and shows what was
sent on a page for humans. In a test it runs in a thread, through ``local.portal.server.PortalSimulator``.
In the same process ``local.channels`` answers for WhatsApp and calls, which the emulator does not have.
"""
