"""Start the sandbox: `python -m sandbox --port 8000 --photos 2000`."""

import argparse
import asyncio
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from aiohttp import web

from sandbox.collection import Collection
from sandbox.faults import Fault, Faults, FaultsError, read_faults
from sandbox.folder import FolderError, read_folder
from sandbox.generated import generate
from sandbox.images import ImageHost
from sandbox.pictures import BundledPictures, Originals, PicturesMissing
from sandbox.rest import Rest
from sandbox.search import Search
from sandbox.server import Server

_MOST_PHOTOS = 5_000_000


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m sandbox", description="A local Flickr to try with and to test against.")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    parser.add_argument("--port", type=_port, default=8765, help="port; 0 takes a free one (default: %(default)s)")
    parser.add_argument("--photos", type=_count, default=500, metavar="N", help="how many (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="another seed, other photos (default: %(default)s)")
    parser.add_argument("--folder", type=Path, help="serve the images of this folder and its photos.jsonl instead")
    parser.add_argument("--gone", type=_share, default=0.0, metavar="SHARE", help="photos whose image is gone, 0 to 1")
    parser.add_argument("--unstable", action="store_true", help="the same page asked twice is not the same")
    parser.add_argument("--fuzzy", action="store_true", help="dates of upload are matched loosely, a few are broken")
    parser.add_argument("--burst", type=int, default=0, metavar="N", help="so many photos uploaded in one second")
    parser.add_argument(
        "--faults", type=_faults, default=[], metavar="JSON", help='such as {"status": 503, "share": 0.1}'
    )
    return parser


def _port(value: str) -> int:
    port = int(value)
    if not 0 <= port <= 65535:
        raise argparse.ArgumentTypeError(f"{value} is no port")
    return port


def _count(value: str) -> int:
    count = int(value)
    if not 1 <= count <= _MOST_PHOTOS:
        raise argparse.ArgumentTypeError(f"{value} is not between 1 and {_MOST_PHOTOS}")
    return count


def _share(value: str) -> float:
    share = float(value)
    if not 0 <= share <= 1:
        raise argparse.ArgumentTypeError(f"{value} is not between 0 and 1")
    return share


def _faults(value: str) -> list[Fault]:
    try:
        return read_faults(value)
    except FaultsError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _build(options: argparse.Namespace) -> Server:
    collection: Collection
    originals: Originals
    if options.folder:
        collection, originals = read_folder(options.folder, options.seed)
    else:
        collection, subject = generate(
            options.photos,
            options.seed,
            gone=options.gone,
            fuzzy=options.fuzzy,
            burst=min(options.burst, options.photos),
        )
        originals = BundledPictures(collection, subject)
    images = ImageHost(collection, originals)
    search = Search(collection, unstable=options.unstable, fuzzy=options.fuzzy)
    return Server(collection, Rest(collection, search, images), images, Faults(options.faults, options.seed))


async def _serve(server: Server, host: str, port: int) -> None:
    """Serve until a signal comes."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    runner = web.AppRunner(server.app(), access_log=None, shutdown_timeout=1)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        taken = runner.addresses[0][1]
        print(f"sandbox listening on http://{host}:{taken}", flush=True)  # noqa: T201 - this line is the interface
        await stop.wait()
    finally:
        await runner.cleanup()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the sandbox and return its exit status."""
    options = _parser().parse_args(arguments)
    try:
        asyncio.run(_serve(_build(options), options.host, options.port))
    except (FolderError, PicturesMissing, OSError) as error:
        sys.stderr.write(f"python -m sandbox: {error}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
