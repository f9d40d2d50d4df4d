"""Meanings that have something in common."""

from __future__ import annotations

NUMBERED = """
account application bill card class complaint connection crossing fir gate house id insurance lane meter
outlet pole receipt road school shop transformer
"""
"""Meanings of what is told apart by what is called its number."""

NUMBERED_ALONE = """
plot rights route ward
"""
"""Same; a number beside it is enough."""

BUILDINGS = """
bridge college culvert factory garden hospital nursing-home office police pond school tank
"""
"""Meanings of what is a landmark where something is said to stand beside it."""

OWN = """
account application bill card certificate compensation connection fee fir id ifsc instalment
insurance job kyc licence loan meter mutation name plot rights scholarship
"""
"""Meanings of what a citizen has alone."""

SUFFERED = """
crop fraud land lost mobile purse rape robbery theft threat vehicle
"""
"""Meanings of what is taken from a citizen, or done to him, where it is for the police."""

ONE_AT_A_TIME = """
bill connection meter pole powercut substation transformer voltage wire
ambulance bed blood dialysis doctor medicine nurse operation oxygen scan test ultrasound vaccine x-ray
cattle dog elephant mosquito snake
admission bench bicycle books meal roof shoes tablet teacher toilet uniform wall
drain encroachment garbage hawker manhole parking pothole signal speed-breaker surface
disability old-age widow
instalment list survey
drugs fraud gambling liquor missing murder noise rape theft
fare licence ticket
card fingerprint flour kerosene weight
bonus fund wages
certificate correction
compensation relief
"""
"""Meanings of which a row is complained of one at a time."""
