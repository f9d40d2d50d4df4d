"""The API's description is what the code does: its routes, what it takes, what it answers."""
