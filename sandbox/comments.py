"""What members say about each other's photos."""

import random
from typing import NamedTuple

from sandbox.captions import COMMENTS
from sandbox.collection import Collection, Photo
from sandbox.owners import Owner

_DAY = 86_400


class Comment(NamedTuple):
    """One comment, its text in Flickr's HTML."""

    id: str
    author: Owner
    author_is_deleted: bool
    created: int
    text: str


def comments_on(photo: Photo, collection: Collection) -> list[Comment]:
    """List a photo's comments, oldest first; the same every time."""
    rng = random.Random(photo.token("comments"))
    moments = sorted(photo.uploaded + rng.randrange(60, 40 * _DAY) for _ in range(photo.comments))
    comments = []
    for moment in moments:
        author = rng.choice(collection.owners)
        number = f"{photo.owner.number}-{photo.id}-7215{rng.randrange(10**13):013}"
        text = rng.choice(COMMENTS[author.language])
        comments.append(Comment(number, author, rng.random() < 0.09, moment, text))
    return comments
