"""Pictures and files that models make: from what a provider brings to a part of the answer."""

from __future__ import annotations

from .arena import Tools
from .content import Image
from .errors import BadRequest, Failure, ProviderError
from .provider import Event, FileReady, PartReady, PictureReady


async def with_stored(event: Event, tools: Tools) -> Event:
    """A provider's event as an arena gets it: what the model made stored, anything else as it is.

    Raises:
        ProviderError: what came is no picture, is empty or too large, cannot be had or may not be
            shown.
        StorageError: it could not be stored.
    """
    if isinstance(event, FileReady):
        return await _with_file(event, tools)
    if not isinstance(event, PictureReady):
        return event
    try:
        part = await (tools.fetch(event.url) if event.url else tools.keep(event.data, "picture"))
    except BadRequest as error:
        raise ProviderError(Failure.PICTURE, str(error)) from None
    if not isinstance(part, Image):
        raise ProviderError(Failure.PICTURE, f"{part.size} bytes that are no picture")
    # Its name at its maker's could give the maker away.
    name = f"picture.{part.media_type.removeprefix('image/')}"
    return PartReady(part.model_copy(update={"filename": name, "alt": ""}))


async def _with_file(event: FileReady, tools: Tools) -> Event:
    if not event.data:
        raise ProviderError(Failure.MALFORMED, f"{event.filename} is empty")
    try:
        return PartReady(await tools.keep(event.data, event.filename))
    except BadRequest as error:
        raise ProviderError(Failure.MALFORMED, str(error)) from None
