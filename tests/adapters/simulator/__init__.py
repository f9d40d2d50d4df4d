"""The portal simulator, over real sockets: what it accepts, repeats, refuses, loses and remembers."""
