"""One address: settings, the page shell, the design system, the processes."""
