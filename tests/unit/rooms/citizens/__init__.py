"""Citizens are told what becomes of their records, and what became of the lead, each thing once."""
