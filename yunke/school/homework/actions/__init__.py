"""Setting, moving, signing, marking, giving back and correcting homework."""
