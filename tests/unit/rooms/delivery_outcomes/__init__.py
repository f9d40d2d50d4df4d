"""What providers tell of messages: noted, the next channel used, contacts marked, the keeper told."""
