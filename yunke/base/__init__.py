"""Django plumbing, each file named for its one thing."""
