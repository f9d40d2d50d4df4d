"""The messages as files, held to what operators, Meta and the telephone take; and what to register of them.

``python -m infra.messages`` checks them. Nothing of it ships with the functions.
"""
