"""Consented signals in; owned by the one who wears the sensor."""
