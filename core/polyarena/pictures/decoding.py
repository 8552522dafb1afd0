"""From bytes to a plain picture: 8 bits, grey or RGB or RGBA, sRGB, upright, not too large."""

from __future__ import annotations

import io
import warnings

from PIL import (
    AvifImagePlugin,
    GifImagePlugin,
    Image,
    ImageCms,
    ImageFile,
    JpegImagePlugin,
    PngImagePlugin,
    UnidentifiedImageError,
    WebPImagePlugin,
)
from PIL.ExifTags import Base

from .bounds import Bounds, Reason, Refused
from .kinds import Kind

# How many bytes a decoder of this kind takes for a pixel at its peak; measured.
DECODER = {Kind.WEBP: 16, Kind.AVIF: 9, Kind.HEIC: 8}
FORMATS = {
    Kind.PNG: PngImagePlugin.PngImageFile.format,
    Kind.JPEG: JpegImagePlugin.JpegImageFile.format,
    Kind.WEBP: WebPImagePlugin.WebPImageFile.format,
    Kind.GIF: GifImagePlugin.GifImageFile.format,
    Kind.AVIF: AvifImagePlugin.AvifImageFile.format,
    Kind.HEIC: "HEIF",
}
GREY = ("1", "L", "I;16", "I;16B")
PLAIN = ("L", "RGB", "RGBA", "CMYK")
PROFILE_LIMIT = 2_000_000
OVERHEAD = 16_000_000
"""What a library touches of itself, a small picture and the like, in bytes."""
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def prepare(bounds: Bounds) -> None:
    """Set Pillow's own limits; once in a process."""
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = bounds.pixels
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    AvifImagePlugin.DEFAULT_MAX_THREADS = 1


class Opened:
    """A picture whose head was read, its pixels not yet; it is to fit into `box`, if not larger.

    `chroma` is a JPEG's chroma subsampling, 0 to 2 as Pillow numbers it, and 0 of any other;
    `lossless` says that it was stored without loss, so that it is to stay so.

    Raises:
        Refused: it is damaged, has too many pixels, or there is no decoder for its kind.
    """

    def __init__(
        self, data: bytes, kind: Kind, bounds: Bounds, box: tuple[int, int] | None = None
    ) -> None:
        self.image: Image.Image = _open(data, kind, bounds)
        self.chroma = 0
        self.lossless = kind in (Kind.PNG, Kind.GIF)
        self.lossless |= kind is Kind.WEBP and b"VP8L" in data[12:128]
        self._kind = kind
        self._length = len(data)
        width, height = self.image.size
        box = box or (bounds.side, bounds.side)
        factor = _factor((width, height), box)
        if isinstance(self.image, JpegImagePlugin.JpegImageFile):
            self.chroma = max(0, JpegImagePlugin.get_sampling(self.image))
            # Decoding to half, a quarter or an eighth takes as much less time and memory.
            rough = min(1.0, 0.75 * factor)
            self.image.draft(None, (int(width * rough) or 1, int(height * rough) or 1))
            factor = _factor(self.image.size, box)
        width, height = self.image.size
        self._size = (round(width * factor) or 1, round(height * factor) or 1)

    @property
    def memory(self) -> int:
        """About how many bytes it takes to decode it, to make it plain and to encode it."""
        image, (width, height) = self.image, self._size
        pixels, stored = image.width * image.height, width * height
        clear = image.has_transparency_data
        raw = 1 if image.mode in ("1", "L", "P") else 4
        each = 1 if image.mode in GREY and not clear else 4
        kept = 12 * pixels if self._kind is Kind.WEBP else 0
        steps = [DECODER.get(self._kind, raw) * pixels + _coefficients(image)]
        if image.mode not in PLAIN or (clear and image.mode != "RGBA"):
            steps.append(kept + (raw + each) * pixels)
        if stored < pixels:
            steps.append(kept + each * (pixels + (pixels if clear else width * image.height)))
        if not {"exif", "icc_profile"}.isdisjoint(image.info):
            steps.append(kept + 2 * each * stored)
        coding = (8 if self.lossless else 14) if clear else each
        steps.append(kept + coding * stored)
        return OVERHEAD + self._length + max(steps)

    def plain(self) -> Image.Image:
        """The picture, or its first frame, made plain; its `info` is empty.

        It can be asked for once: what was decoded is let go of step by step.
        """
        image = self.image
        del self.image
        image.load()
        turn, profile = _turn(image), image.info.get("icc_profile")
        image = _simple_mode(image)
        if image.size != self._size:
            clear = image.mode == "RGBA"
            image = image.convert("RGBa") if clear else image
            # One side after the other: both at once would hold three pictures.
            image = image.resize((self._size[0], image.height), Image.Resampling.LANCZOS)
            image = image.resize(self._size, Image.Resampling.LANCZOS)
            image = image.convert("RGBA") if clear else image
        if isinstance(profile, bytes) and len(profile) <= PROFILE_LIMIT:
            image = _srgb(image, profile)
        if image.mode not in ("L", "RGB", "RGBA"):
            image = image.convert("RGB")
        if turn is not None:
            image = image.transpose(turn)
        return without_information(image)


def without_information(image: Image.Image) -> Image.Image:
    """A picture without metadata, and without transparency where nothing shows through."""
    if image.mode == "RGBA" and image.getchannel("A").getextrema() == (255, 255):
        image = image.convert("RGB")
    image.info.clear()
    return image


def _factor(size: tuple[int, int], box: tuple[int, int]) -> float:
    return min(1.0, box[0] / size[0], box[1] / size[1])


def _open(data: bytes, kind: Kind, bounds: Bounds) -> Image.Image:
    if kind is Kind.HEIC:
        _register_heic()
    try:
        image = Image.open(io.BytesIO(data), formats=(FORMATS[kind],))
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise Refused(Reason.PIXELS, bounds.pixels) from None
    except (UnidentifiedImageError, OSError):
        raise Refused(Reason.DAMAGED) from None
    if min(image.size) < 1:
        raise Refused(Reason.DAMAGED)
    return image


def _register_heic() -> None:
    if FORMATS[Kind.HEIC] in Image.OPEN:
        return
    try:
        import pillow_heif
    except ImportError:
        raise Refused(Reason.UNREADABLE) from None
    pillow_heif.options.DECODE_THREADS = 1
    pillow_heif.register_heif_opener(thumbnails=False)


def _coefficients(image: Image.Image) -> int:
    """The bytes of a progressive JPEG's coefficients, which are all held until its end."""
    if not isinstance(image, JpegImagePlugin.JpegImageFile) or not image.info.get("progressive"):
        return 0
    scale = image.decoderconfig[0] if image.decoderconfig else 1
    pixels = image.size[0] * image.size[1] * scale * scale
    layers: list[tuple[int, int, int, int]] = image.layer
    widest = max(layer[1] for layer in layers) * max(layer[2] for layer in layers)
    return 2 * pixels * sum(layer[1] * layer[2] for layer in layers) // widest


def _turn(image: Image.Image) -> Image.Transpose | None:
    try:
        return _TURNS.get(image.getexif().get(Base.Orientation, 1))
    except Exception:
        # Whatever is wrong with it: a picture is not refused for what is thrown away anyhow.
        return None


def _simple_mode(image: Image.Image) -> Image.Image:
    """Grey, RGB, RGBA or CMYK of 8 bits each."""
    if image.mode.startswith("I;16"):
        return image.point(lambda value: value * (1 / 257) + 0.5).convert("L")
    if image.has_transparency_data:
        return image if image.mode == "RGBA" else image.convert("RGBA")
    if image.mode in PLAIN:
        return image
    return image.convert("L" if image.mode == "1" else "RGB")


def _srgb(image: Image.Image, profile: bytes) -> Image.Image:
    try:
        found = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if "sRGB" in ImageCms.getProfileDescription(found):
            return image
        wanted = "RGBA" if image.mode == "RGBA" else "RGB"
        made = ImageCms.profileToProfile(
            image, found, ImageCms.createProfile("sRGB"), outputMode=wanted
        )
    except (ImageCms.PyCMSError, ImportError, OSError, ValueError, TypeError):
        return image
    if made is None:
        return image
    return made.convert("L") if image.mode == "L" else made
