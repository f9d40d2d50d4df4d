"""The CMO push (SOP, 3B): validated grievances go into the CMO Grievance Portal."""
