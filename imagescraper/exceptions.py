"""How a photo can end other than stored, and how a run can be asked for wrongly."""

from scrapy.exceptions import DropItem


class PhotoUnavailable(DropItem):
    """Its source no longer shows the photo; nobody can get it."""


class PhotoLost(DropItem):
    """The photo exists, but something on our way failed; the next run tries again."""


class Stopped(DropItem):
    """The run is being ended before the photo's turn came; the next run goes on with it."""


class WrongUse(Exception):
    """The run was asked for in a way that cannot work; one line that names the remedy, exit status 2."""
