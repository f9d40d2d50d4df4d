"""The outside: each module fills one or two of the domain's ports. Only ``wiring`` builds clients."""
