"""Several teachers make one lesson: comments, suggestions, versions, who changed what."""
