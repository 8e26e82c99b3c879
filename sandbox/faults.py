"""Faults on demand: which answer goes wrong, and how."""

import json
import random
import time
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

Role = Literal["api", "image", "page", "vision", "wikidata"]


class FaultsError(Exception):
    """A description of faults that cannot be understood; the message is one line."""


class Fault(BaseModel):
    """One way to fail, for a share of the requests of a role (None: of all roles), for some time (None: for good)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    role: Role | None = None
    share: float = Field(1.0, ge=0, le=1)
    seconds: float | None = Field(None, gt=0)
    delay: float = Field(0.0, ge=0, le=600)  # seconds before the answer
    status: int | None = Field(None, ge=300, le=599)
    retry_after: int | None = Field(None, ge=0)  # seconds, in the header of that status
    cut: bool = False  # half of the body under the Content-Length of all of it
    close: bool = False  # the connection closed without an answer
    invalid_json: bool = False  # half of the body, complete as far as HTTP can tell
    unavailable: bool = False  # Flickr's own "not currently available" at HTTP 200

    @model_validator(mode="after")
    def _do_something(self) -> Self:
        ends = (self.status is not None, self.cut, self.close, self.invalid_json, self.unavailable)
        if sum(ends) > 1:
            raise ValueError("status, cut, close, invalid_json and unavailable exclude one another")
        if not any(ends) and not self.delay:
            raise ValueError("one of status, delay, cut, close, invalid_json, unavailable is needed")
        if self.retry_after is not None and self.status is None:
            raise ValueError("retry_after needs a status")
        return self


_FAULTS = TypeAdapter(list[Fault])


def read_faults(text: str) -> list[Fault]:
    """Read one fault, a list of them, or `{}` for none; raises FaultsError."""
    try:
        described = json.loads(text)
        return _FAULTS.validate_python([described] if described and isinstance(described, dict) else described or [])
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"][1:])
        raise FaultsError(f"{where}: {first['msg']}" if where else first["msg"]) from error
    except ValueError as error:
        raise FaultsError(f"not JSON: {error}") from error


class Faults:
    """The faults in force; a seeded generator decides whom they hit."""

    def __init__(self, faults: list[Fault], seed: int) -> None:
        self._chance = random.Random(f"{seed}:faults")
        self.set(faults)

    def set(self, faults: list[Fault]) -> None:
        """Replace all faults; their time begins now."""
        now = time.monotonic()
        self._faults = [(fault, now + fault.seconds if fault.seconds else None) for fault in faults]

    def strike(self, role: str) -> Fault | None:
        """Choose the fault that hits this request, if any: the first that applies."""
        now = time.monotonic()
        for fault, end in self._faults:
            in_time = end is None or now < end
            if in_time and fault.role in {None, role} and self._chance.random() < fault.share:
                return fault
        return None

    def unavailable_code(self) -> int:
        """Choose between the two codes under which Flickr has said that it is not available."""
        return self._chance.choice((201, 0))
