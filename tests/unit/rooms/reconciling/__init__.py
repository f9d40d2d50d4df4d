"""Day by day: both sides read to the end, what may be mended mended, the rest told, and nothing twice."""
