"""What the school learns from what happens: reads the lake, never the doing rooms."""
