"""Routing (SOP, 3C, 5 and 6): to the nodal officer, and his acknowledgement."""
