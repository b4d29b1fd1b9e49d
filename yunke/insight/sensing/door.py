"""What other rooms may ask of sensing."""

from yunke.insight.sensing.actions import pulse_bring
from yunke.insight.sensing.reads import pulses_of

__all__ = ["pulse_bring", "pulses_of"]
