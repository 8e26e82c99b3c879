"""A photo's web page, whose comments arrive by script."""

import html
import json
from string import Template

from sandbox.collection import Photo
from sandbox.details import page_url
from sandbox.envelope import Payload
from sandbox.rows import image_url
from sandbox.sizes import renditions

ROBOTS = "User-agent: *\nDisallow: /search/\nDisallow: /apps/\n"

_PAGE = Template("""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>$title | Flickr</title>
<meta name="description" content="$description">
<meta property="og:image" content="$image">
<link rel="canonical" href="$path">
</head>
<body>
<main>
<h1 class="photo-title">$title</h1>
<img class="main-photo" src="$image" alt="$title">
<p>by <a class="owner-name" href="/photos/$owner/">$owner_name</a></p>
<div class="photo-desc">$body</div>
<ul class="comments"></ul>
</main>
<script class="modelExport">
var appContext = {
modelExport: $model,
auth: {"signedIn": false}
};
</script>
<script>
fetch("${path}comments.json").then(answer => answer.json()).then(answer => {
  const list = document.querySelector("ul.comments");
  for (const comment of answer.comments.comment || []) {
    const item = document.createElement("li");
    item.className = "comment";
    item.dataset.commentId = comment.id;
    const author = document.createElement("a");
    author.className = "comment-author";
    author.href = "/photos/" + (comment.path_alias || comment.author) + "/";
    author.textContent = comment.authorname;
    const date = document.createElement("time");
    date.className = "comment-date";
    date.dateTime = new Date(comment.datecreate * 1000).toISOString();
    const text = document.createElement("div");
    text.className = "comment-content";
    text.innerHTML = comment._content;
    item.append(author, date, text);
    list.append(item);
  }
  document.body.classList.add("comments-loaded");
});
</script>
</body>
</html>
""")


def photo_page(photo: Photo, base: str) -> str:
    """Write the page of a photo."""
    largest = [rendition for rendition in renditions(photo) if not rendition.size.own_secret][-1]
    return _PAGE.substitute(
        title=html.escape(photo.title),
        description=html.escape(photo.description),
        body=photo.description,
        image=image_url(photo, largest, base),
        path=html.escape(page_url(photo, "")),
        owner=html.escape(photo.owner.path),
        owner_name=html.escape(photo.owner.username),
        model=json.dumps(_model(photo)).replace("<", "\\u003c"),
    )


def _model(photo: Photo) -> Payload:
    """Return the data behind the page; a "~n" stands for the place that entry n of the legend names."""
    return {
        "legend": [["person-models", "0"]],
        "main": {
            "photo-models": [{"id": str(photo.id), "secret": photo.secret, "title": photo.title, "owner": "~0"}],
            "person-models": [{"id": photo.owner.nsid, "username": photo.owner.username}],
            "photo-stats-models": [
                {"viewCount": photo.views, "faveCount": photo.faves, "commentCount": photo.comments}
            ],
        },
    }
