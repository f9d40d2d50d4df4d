"""What the port ``Records`` promises, held by DynamoDB and the fake alike: neither drifts from the other."""
