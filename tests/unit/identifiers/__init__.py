"""Personal identifiers in free text: what is found is masked, what only looks like one stays."""
