"""The replay: real complaint texts as grievance records, at a rate, with every one accounted for."""
