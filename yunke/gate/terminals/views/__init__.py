"""Pages and feeds for TVs and calendars."""
