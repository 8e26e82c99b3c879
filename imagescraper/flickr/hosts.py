"""The addresses at which Flickr's pictures lie; nothing else is fetched, whatever an answer says."""

import ipaddress
import re
from urllib.parse import urlsplit

#: live.staticflickr.com today, farm8.staticflickr.com and farm8.static.flickr.com in older answers.
_HOST = re.compile(r"(?:live|farm\d{1,4})\.static\.?flickr\.com")


def is_picture_address(address: str, api_url: str) -> bool:
    """Tell whether a picture may be fetched from an address.

    That is: over https from Flickr's own image hosts, or from the very server of the API if that is on this machine.
    """
    try:
        parts, api = urlsplit(address), urlsplit(api_url)
        port = parts.port
    except ValueError:
        return False
    if _is_loopback(api.hostname):
        return (parts.scheme, parts.netloc) == (api.scheme, api.netloc)
    return (
        parts.scheme == "https"
        and port in (None, 443)
        and parts.username is None
        and bool(_HOST.fullmatch(parts.hostname or ""))
    )


def _is_loopback(host: str | None) -> bool:
    """Tell whether a host is this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False
