"""Works and their parts, what is told of them as values, and when: source by source, then over all of them."""

from vivavoce.works.catalogue import catalogue
from vivavoce.works.find import find

__all__ = ["catalogue", "find"]
