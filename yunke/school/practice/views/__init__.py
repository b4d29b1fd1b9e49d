"""Practice's pages."""
