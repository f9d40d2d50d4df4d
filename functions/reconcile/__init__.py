"""Reconciliation: what was pushed into the CMO Grievance Portal, held against what the portal holds."""
