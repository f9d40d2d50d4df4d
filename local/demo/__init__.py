"""The demo: a dozen calls, from the tele-caller to the officers' alerts."""
