"""What a form of export gives: files by their path within the export's folder."""

from __future__ import annotations

Files = dict[str, bytes]
