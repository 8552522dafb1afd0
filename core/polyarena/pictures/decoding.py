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
DECODER = {Kind.WEBP: 17, Kind.AVIF: 10, Kind.HEIC: 9}
FORMATS = {
    Kind.PNG: PngImagePlugin.PngImageFile.format,
    Kind.JPEG: JpegImagePlugin.JpegImageFile.format,
    Kind.WEBP: WebPImagePlugin.WebPImageFile.format,
    Kind.GIF: GifImagePlugin.GifImageFile.format,
    Kind.AVIF: AvifImagePlugin.AvifImageFile.format,
    Kind.HEIC: "HEIF",
}
PROFILE_LIMIT = 2_000_000
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


def open_picture(data: bytes, kind: Kind, bounds: Bounds) -> Image.Image:
    """A picture whose head was read, its pixels not yet.

    Raises:
        Refused: it is damaged, has too many pixels, or there is no decoder for its kind.
    """
    if kind is Kind.HEIC:
        _register_heic()
    try:
        image = Image.open(io.BytesIO(data), formats=(FORMATS[kind],))
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise Refused(Reason.PIXELS, bounds.pixels) from None
    except (UnidentifiedImageError, OSError):
        raise Refused(Reason.DAMAGED) from None
    width, height = image.size
    if width < 1 or height < 1:
        raise Refused(Reason.DAMAGED)
    if isinstance(image, JpegImagePlugin.JpegImageFile):
        # Decoding to half, a quarter or an eighth of the size takes as much less time and memory.
        factor = min(1.0, 0.75 * bounds.side / max(width, height))
        image.draft(None, (int(width * factor) or 1, int(height * factor) or 1))
    return image


def memory_for(image: Image.Image, data: bytes, kind: Kind, bounds: Bounds) -> int:
    """About how many bytes it takes to decode a picture and to make it plain."""
    pixels = image.size[0] * image.size[1]
    stored = int(pixels * min(1.0, bounds.side / max(image.size)) ** 2)
    see_through = image.mode == "P" or image.has_transparency_data
    changed = stored < pixels or not {"exif", "icc_profile"}.isdisjoint(image.info)
    plain = 4 * pixels + 4 * pixels * see_through + 4 * stored * changed
    return len(data) + max(DECODER.get(kind, 4) * pixels, plain) + _coefficients(image)


def decode(image: Image.Image, bounds: Bounds) -> Image.Image:
    """The picture, or its first frame, made plain; its `info` is empty."""
    image.load()
    turn, profile = _turn(image), image.info.get("icc_profile")
    image = _simple_mode(image)
    if max(image.size) > bounds.side:
        image.thumbnail((bounds.side, bounds.side), Image.Resampling.LANCZOS, reducing_gap=2.0)
    if isinstance(profile, bytes) and len(profile) <= PROFILE_LIMIT:
        image = _srgb(image, profile)
    if image.mode not in ("L", "RGB", "RGBA"):
        image = image.convert("RGB")
    if turn is not None:
        image = image.transpose(turn)
    return without_information(image)


def chroma_of(image: Image.Image) -> int:
    """The chroma subsampling of a JPEG, 0 to 2 as Pillow numbers it; 0 of any other picture."""
    if not isinstance(image, JpegImagePlugin.JpegImageFile):
        return 0
    return max(0, JpegImagePlugin.get_sampling(image))


def without_information(image: Image.Image) -> Image.Image:
    """A picture without metadata, and without transparency where nothing shows through."""
    if image.mode == "RGBA" and image.getchannel("A").getextrema() == (255, 255):
        image = image.convert("RGB")
    image.info.clear()
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
    if image.mode in ("L", "RGB", "CMYK"):
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
