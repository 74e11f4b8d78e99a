"""Vivavoce: interviews, podcasts and press coverage become an oral history whose every line can be traced."""

__version__ = "0.1.0"
