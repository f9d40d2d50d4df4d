"""Dead letters of every kind go back to where they are worked off; what cannot go back stays and is told."""
