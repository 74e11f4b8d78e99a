"""Where what is quoted was said, and what was changed."""

from vivavoce.traces.copies import copies
from vivavoce.traces.edits import carried_out
from vivavoce.traces.follow import follow

__all__ = ["carried_out", "copies", "follow"]
