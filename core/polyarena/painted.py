"""Pictures that models make: from what a provider brings to a part of the answer."""

from __future__ import annotations

from .arena import Tools
from .content import Image
from .errors import BadRequest, Failure, ProviderError
from .provider import Event, PartReady, PictureReady


async def with_picture(event: Event, tools: Tools) -> Event:
    """A provider's event as an arena gets it: a picture stored, anything else as it is.

    Raises:
        ProviderError: what came is no picture, cannot be had or may not be shown.
        StorageError: it could not be stored.
    """
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
