"""What taking a record in costs, beside a bare function that makes the same request to the table."""
