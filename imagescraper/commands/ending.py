"""How a command ends: its exit statuses, and the one line for wrong use."""

import sys

COMPLETE, INCOMPLETE, WRONG_USE = 0, 1, 2


class Refuses:
    """What makes a command refuse wrong use in one line, and with exit status 2."""

    exitcode: int

    def refuse(self, line: str) -> None:
        """Say in one line what is wrong."""
        sys.stderr.write(f"scrapy {type(self).__module__.rpartition('.')[2]}: {line}\n")
        self.exitcode = WRONG_USE
