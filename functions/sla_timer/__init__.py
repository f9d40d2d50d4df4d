"""The clock (SOP, 3C and 3D): each minute, what is due by then falls due."""
