"""What the forms of export share: files by their path within the export's folder, and corrected words."""

from __future__ import annotations

from vivavoce.model import Quote, Source, reads

Files = dict[str, bytes]


def as_read(quote: Quote, source: Source) -> str:
    """A quotation's words as they are corrected; "" where they are as they came."""
    words = " ".join(reads(source, start, end) for start, end in quote.spans) if source.corrections else quote.text
    return "" if words == quote.text else words
