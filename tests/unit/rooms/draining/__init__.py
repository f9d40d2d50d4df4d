"""What waits for a portal that was out goes in by itself: in order, once, and no faster than it stands."""
