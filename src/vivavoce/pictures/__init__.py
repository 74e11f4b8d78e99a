"""The pictures of a history: `read` finds them in their folder, with what their sidecars say; `file` is one's file."""

from vivavoce.pictures.folder import FOLDER, file, read
from vivavoce.pictures.sidecar import Sidecar

__all__ = ["FOLDER", "Sidecar", "file", "read"]
