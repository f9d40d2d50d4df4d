"""The registry: what administrators upload, checked, and applied whole or not at all."""
