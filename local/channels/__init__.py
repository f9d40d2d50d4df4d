"""Simulators of what AWS End User Messaging sends: WhatsApp messages and calls.

The emulator has neither API. They run beside the portal's simulator, in its process; the functions' SDK finds
them by its own settings, ``AWS_ENDPOINT_URL_SOCIALMESSAGING`` and ``AWS_ENDPOINT_URL_PINPOINT_SMS_VOICE_V2``.
Each request is held against the SDK's own model of the service, and what it says stands in the outbox as its
recipient would read or hear it. What becomes of it is published as AWS would, to the stack's topic.
"""
