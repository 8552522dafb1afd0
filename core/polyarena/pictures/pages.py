"""The pages of a PDF, each as a picture."""

from __future__ import annotations

from collections.abc import Iterator

from PIL import Image

from .bounds import Bounds, Reason, Refused
from .encoding import Encoded, encode

SIDE = 2000
LARGE_PNG = 2_000_000
_PASSWORD = 4  # FPDF_ERR_PASSWORD


def encode_pages(data: bytes, bounds: Bounds) -> Iterator[Encoded]:
    """Every page, `SIDE` pixels long; as PNG, or as JPEG where a PNG would be large.

    Raises:
        Refused: it is damaged, locked, has too many pages, or there is nothing to read it with.
    """
    try:
        import pypdfium2
    except ImportError:
        raise Refused(Reason.UNREADABLE) from None
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) == _PASSWORD
        raise Refused(Reason.LOCKED if locked else Reason.DAMAGED) from None
    if len(document) > bounds.pages:
        raise Refused(Reason.PAGES, bounds.pages)
    if not len(document):
        raise Refused(Reason.DAMAGED)
    for number in range(len(document)):
        page = document[number]
        width, height = page.get_size()
        side = min(SIDE, bounds.side)
        if not 0 < min(width, height) / max(width, height, 1e-9) <= 1:
            raise Refused(Reason.DAMAGED)
        drawn = page.render(scale=side / max(width, height), may_draw_forms=False).to_pil()
        page.close()
        yield _encode(drawn.convert("RGB"), bounds)


def _encode(page: Image.Image, bounds: Bounds) -> Encoded:
    page.info.clear()
    drawn = encode(page, bounds, lossless=True)
    return drawn if len(drawn.data) <= LARGE_PNG else encode(page, bounds, lossless=False, chroma=0)
