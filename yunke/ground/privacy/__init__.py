"""What is held about a person: export, erasure, retention, notices, all from the data map."""
