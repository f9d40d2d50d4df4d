"""Sorasori Mukhyomontri: the Chief Minister's grievance call centre, as Lambda functions."""
