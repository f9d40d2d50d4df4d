"""The demo: a morning at the call centre, from the tele-callers to redress that was checked on the ground."""
