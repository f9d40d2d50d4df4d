"""What each provider tells of a message: read into the one form that the room works with.

Providers' events hold the recipient's address, and some the message itself. Nothing but codes, times and the
provider's message id is taken from them, and no error tells what stood there.
"""
