"""Looks a search over and says what it would bring and cost; nothing is downloaded or stored."""

import time
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta

from scrapy import Request
from scrapy.settings import BaseSettings

from imagescraper.flickr import api
from imagescraper.flickr.search import Query
from imagescraper.flickr.survey import CALLS_AN_HOUR, MOST_CALLS, Part, Survey
from imagescraper.flickr.windows import OPENED, Window
from imagescraper.photo import Photo
from imagescraper.spiders.flickr import FlickrSpider
from imagescraper.translator import Translator
from imagescraper.vision.concepts import find
from imagescraper.vision.google import dollars
from imagescraper.vision.meanings import understand
from imagescraper.wikidata import Translation, all_words


class PlanSpider(FlickrSpider):
    """Asks each question of a search once; what it finds out is in `search`."""

    search: Survey  # type: ignore[assignment]

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """Leave out all that writes: store, key and pictures."""
        super().update_settings(settings)
        settings.set("ITEM_PIPELINES", {}, priority="spider")
        settings.set("EXTENSIONS", {"imagescraper.extensions.stop.StopExtension": 100}, priority="spider")

    async def start(self) -> AsyncIterator[Request]:
        """Find the words in other languages, and ask the first question."""
        self.translator = Translator(self.crawler)
        if self.arguments.languages:
            await self._translate(self.translator)
        windows = self.arguments.windows(int(time.time()), all_words(self.translations))
        self.search = Survey(windows, limit=self.arguments.limit)
        if first := self._next():
            yield first

    async def receive(self, page: api.SearchPage, query: Query) -> list[Photo]:
        """Take note of one answer; a plan has no use for its photos."""
        self.search.receive(query, page)
        return []

    def plan(self) -> str:
        """Return the plan for people."""
        search = " ".join(f'{name}="{value}"' for name, value in self.arguments.described().items())
        lines = [f"Plan: flickr {search}"]
        for translation in self.translations:
            lines += _meaning(translation)
        lines.append("  promised")
        for (name, language), parts in self.search.by_question().items():
            lines += _promised(name, language, parts)
        lines += self._costs()
        lines += [f"  warning: {warning}" for warning in self._warnings()]
        return "\n".join(lines) + "\n"

    def _costs(self) -> Iterator[str]:
        """Yield the lines that say what the search would bring and cost."""
        survey, delay = self.search, self.settings.getfloat("FLICKR_API_DELAY")
        least = timedelta(seconds=round(survey.seconds_needed(delay)))
        yield f"  {'photos':<12}{survey.promised:>10,}{_apart(survey)}"
        pace = f"{delay:g} s apart and {CALLS_AN_HOUR:,} an hour at most"
        yield f"  {'API calls':<12}{survey.calls_needed:>10,}  about; at least {least}, {pace}"
        if self.arguments.size == "none":
            yield f"  {'pictures':<12}{'none':>10}"
        else:
            size = f"{survey.bytes_expected / 1e6:,.1f} MB"
            yield f"  {'pictures':<12}{size:>10}  an estimate, by the sizes of {survey.sampled} photos"
        if self.arguments.scorer == "google" and self.arguments.size != "none":
            yield f"  {'Google':<12}{dollars(survey.promised):>10}  at most, for scoring every photo"
        yield f"  {'this plan':<12}{survey.calls:>10,}  calls of Flickr, and {self.translator.calls} of Wikidata"

    def _warnings(self) -> Iterator[str]:
        """Yield what the user should know before the search is made."""
        for translation in self.translations:
            if translation.without:
                yield f"no word for {translation.term} in {', '.join(translation.without)}"
        arguments = self.arguments
        meanings = understand(arguments.looked_for, arguments.score_as)
        blind = [meaning.label for meaning in meanings if find(meaning.noun or meaning.label).coverage == "none"]
        if blind and arguments.size != "none" and arguments.scorer == "local":
            yield f"the local scorer does not know {', '.join(blind)}: such scores stay empty"
        if not self.arguments.looked_for and self.arguments.size != "none":
            yield "there is nothing to score the pictures for: add labels"
        if any(part.windows > 1 for part in self.search.parts):
            yield f"not every window was looked into: that takes more than {MOST_CALLS} calls"
        if self.search.cut_short:
            yield f"{self.search.cut_short} of the questions got no answer"


def _meaning(translation: Translation) -> Iterator[str]:
    """Yield what a term was taken for, and its words by language."""
    entity = translation.entity
    about = f", {entity.description}" if entity.description else ""
    yield f"  {translation.term} is taken for {entity.id}, {entity.label}{about}"
    for other in translation.others:
        about = f", {other.description}" if other.description else ""
        yield f"    or is it {other.label}{about}? -a entity={other.id}"
    for word in translation.words:
        yield f"    {','.join(word.languages):<10} {word.text}"


def _promised(name: str, language: str | None, parts: list[Part]) -> Iterator[str]:
    """Yield how many photos a term promises, and in which windows if there are several."""
    spoken = f" ({language})" if language else ""
    yield f"    {sum(part.promised for part in parts):>10,}  {name}{spoken}"
    if len(parts) > 1:
        for part in parts:
            yield f"    {'':>10}  {part.promised:>10,}  {_span(part.window)}"


def _span(window: Window) -> str:
    """Return a window's time of upload, and its place, in words."""
    first, last = (f"{datetime.fromtimestamp(end, UTC):%Y-%m-%d}" for end in (window.first, window.last))
    since = f"before {last}" if window.first < OPENED else f"{first} to {last}"
    return f"{since} in {window.question.box}" if window.question.box else since


def _apart(survey: Survey) -> str:
    """Say that several questions may find the same photos."""
    return "  at most; what several words find is stored once" if len(survey.by_question()) > 1 else ""
