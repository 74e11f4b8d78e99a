"""Where what is quoted was said, and what was changed."""

from vivavoce.traces.compared import Run, compared
from vivavoce.traces.copies import copies
from vivavoce.traces.edits import carried_out
from vivavoce.traces.follow import follow

__all__ = ["Run", "carried_out", "compared", "copies", "follow"]
