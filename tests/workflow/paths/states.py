"""The states that an execution enters, stretch by stretch."""

TAKEN_UP = ["Take up the grievance", "Where does it stand?"]
REVIEWED = ["Validation by the data analysts", "What was decided?"]
EMERGENCY_REVIEWED = ["Validation of an emergency by the data analysts", "What was decided?"]
PUSHED = ["First attempt at the portal", "Push to the CMO Grievance Portal", "Did the portal take it?"]
PUSHED_AGAIN = ["Wait for the portal", *PUSHED[1:]]
PARKED = ["Wait until the portal is back"]
ROUTED = ["Route to the nodal officer", "Was an officer found?"]
RAISED = [
    "Raise the emergency with the HoD and push it to the portal",
    "Was the emergency raised and pushed?",
]
FORWARDED, FAILED, NOBODY = ["Forwarded"], ["A step failed"], ["No officer holds the post"]
