"""Quotations, people and moments of millions of documents, as Parquet; here or on a cluster."""

from vivavoce.corpus.run import extract
from vivavoce.corpus.saying import told
from vivavoce.corpus.values import Fields, Settings

__all__ = ["Fields", "Settings", "extract", "told"]
