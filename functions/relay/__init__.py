"""The relay: every change of a record, from the table's stream to the bus."""
