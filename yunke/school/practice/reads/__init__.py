"""A question, answered with values; scoping by person or class comes first."""
