"""Flickr's ways to say no: at HTTP 200, with a code and a message."""


class ApiError(Exception):
    """A `stat="fail"` answer."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


UNAVAILABLE = "Sorry, the Flickr API service is not currently available."
