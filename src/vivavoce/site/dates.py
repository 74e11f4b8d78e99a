"""Days and times as a reader reads them, see `vivavoce.language.dates`."""

from vivavoce.language.dates import clock, day, machine, stretch, year

__all__ = ["clock", "day", "machine", "stretch", "year"]
