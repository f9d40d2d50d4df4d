"""Back again (SOP, 3C and 4): the Action Taken Report, the field check of it, and its recall."""
