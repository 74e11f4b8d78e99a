"""What others work on with: a history as files of a form, one function a form: `write(history) -> {path: bytes}`."""

from vivavoce.exports.files import Files, as_read

__all__ = ["Files", "as_read"]
