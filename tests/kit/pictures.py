"""Pictures good and bad, made here; nothing of them is a file."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable, Iterator
from typing import Any

import pillow_heif
from PIL import Image, ImageCms, ImageDraw, PngImagePlugin
from PIL.ExifTags import GPS, IFD, Base

HTML = b"<!doctype html><script>alert(document.domain)</script>"
SECRET = b"Jane Doe, 52.5200 N"


def drawing(width: int = 320, height: int = 200, mode: str = "RGB") -> Image.Image:
    """Shapes of which no two corners are alike."""
    made = Image.new("RGB", (width, height), (250, 250, 245))
    draw = ImageDraw.Draw(made)
    draw.rectangle((0, 0, width // 4, height // 4), fill=(200, 30, 40))
    draw.ellipse((width // 2, height // 8, width, height), fill=(30, 60, 190))
    draw.line((0, height, width, 0), fill=(20, 140, 60), width=max(1, height // 20))
    return made.convert(mode)


def encoded(image: Image.Image, form: str, **options: Any) -> bytes:
    """A picture's bytes in a format of Pillow's, HEIF among them."""
    pillow_heif.register_heif_opener()
    held = io.BytesIO()
    image.save(held, form, **options)
    return held.getvalue()


def decoded(data: bytes) -> Image.Image:
    """A picture of bytes, loaded."""
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def chunk(name: bytes, data: bytes) -> bytes:
    """A chunk of a PNG."""
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def with_chunk(png: bytes, name: bytes, data: bytes) -> bytes:
    """A PNG with one more chunk behind its head."""
    return png[:33] + chunk(name, data) + png[33:]


def squeezed(size: int) -> bytes:
    """So many zeros, compressed."""
    packer = zlib.compressobj(9)
    parts = [packer.compress(bytes(1 << 20)) for _ in range(size >> 20)]
    return b"".join([*parts, packer.compress(bytes(size & 0xFFFFF)), packer.flush()])


def bomb_png(width: int, height: int, colour: int = 0, depth: int = 1) -> bytes:
    """A PNG of zeros, true to its size; `colour` and `depth` as its head has them."""
    channels = {0: 1, 2: 3, 6: 4}[colour]
    row = (width * channels * depth + 7) // 8 + 1
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    data = chunk(b"IHDR", head) + chunk(b"IDAT", squeezed(row * height)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + data


def bomb_gif() -> bytes:
    """A GIF whose canvas is as large as a head can say, with one pixel on it."""
    small = bytearray(encoded(Image.new("P", (1, 1)), "GIF"))
    small[6:10] = b"\xff\xff\xff\xff"
    return bytes(small)


def bomb_jpeg() -> bytes:
    """A JPEG whose head says 65,500 by 65,500."""
    data = bytearray(encoded(drawing(16, 16), "JPEG"))
    at = data.index(b"\xff\xc0") + 5
    data[at : at + 4] = struct.pack(">HH", 65_500, 65_500)
    return bytes(data)


def bomb_webp() -> bytes:
    """A WebP whose canvas is 16,383 by 16,383."""
    frames = [drawing(16, 16), Image.new("RGB", (16, 16), "red")]
    data = bytearray(encoded(frames[0], "WEBP", save_all=True, append_images=frames[1:]))
    at = data.index(b"VP8X") + 12
    data[at : at + 6] = (16_382).to_bytes(3, "little") * 2
    return bytes(data)


def gif_and_script() -> bytes:
    """A GIF that is also a script: its width reads `/*`, and what follows it is a comment."""
    gif = bytearray(encoded(Image.new("P", (0x2A2F, 1)), "GIF"))
    assert gif[6:8] == b"/*"
    return bytes(gif) + b"*/=1;alert(document.domain)//"


def frames_gif(count: int, side: int = 8) -> bytes:
    """A GIF of so many frames that all differ."""
    frames = [Image.new("P", (side, side), number % 251) for number in range(count)]
    for frame in frames:
        frame.putpalette([n for n in range(256) for _ in range(3)])
    return encoded(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=40)


def with_exif(image: Image.Image, form: str, orientation: int = 1) -> bytes:
    """A picture with a camera's notes: how it was held, by whom, and where."""
    exif = Image.Exif()
    exif[Base.Orientation] = orientation
    exif[Base.Artist] = SECRET.decode()
    exif.get_ifd(IFD.GPSInfo)[GPS.GPSLatitude] = (52.0, 31.0, 12.0)
    return encoded(image, form, exif=exif)


def with_notes(image: Image.Image) -> bytes:
    """A PNG with texts as painting programs leave them."""
    notes = PngImagePlugin.PngInfo()
    notes.add_text("parameters", SECRET.decode())
    notes.add_text("Software", HTML.decode(), zip=True)
    notes.add_itxt("XML:com.adobe.xmp", f"<x:xmpmeta>{SECRET.decode()}</x:xmpmeta>")
    return encoded(image, "PNG", pnginfo=notes, dpi=(300, 300))


def swapped_profile() -> bytes:
    """An ICC profile in which red and green are exchanged, so that using it can be seen."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile = bytearray(
        bytes(profile).replace(b"s\0R\0G\0B", b"m\0i\0n\0e").replace(b"sRGB b", b"mine b")
    )
    at = {}
    for number in range(struct.unpack(">I", profile[128:132])[0]):
        entry = 132 + 12 * number
        at[bytes(profile[entry : entry + 4])] = entry
    red, green = (slice(at[name] + 4, at[name] + 12) for name in (b"rXYZ", b"gXYZ"))
    profile[red], profile[green] = bytes(profile[green]), bytes(profile[red])
    return bytes(profile)


def pdf(*pages: Image.Image) -> bytes:
    """A PDF with a picture a page."""
    return encoded(pages[0], "PDF", save_all=True, append_images=pages[1:])


def locked_pdf() -> bytes:
    """A PDF that wants a password nobody knows."""
    lock = b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <%b> /U <%b> >> /ID [<00> <00>]"
    lock %= (b"ab" * 32, b"cd" * 32)
    return pdf(drawing()).replace(b"trailer\n<<", b"trailer\n<< " + lock, 1)


def hostile() -> Iterator[tuple[str, str, bytes]]:
    """What somebody may send to do harm: what it is, its file's name, its bytes."""
    png, jpeg = encoded(drawing(), "PNG"), encoded(drawing(), "JPEG")
    made: dict[str, Callable[[], bytes]] = {
        "a bomb of 900 megapixels.png": lambda: bomb_png(30_000, 30_000),
        "a bomb of 49 megapixels in colour.png": lambda: bomb_png(7_000, 7_000, 6, 8),
        "a canvas of 4 gigapixels.gif": bomb_gif,
        "a head of 4 gigapixels.jpg": bomb_jpeg,
        "a canvas of 268 megapixels.webp": bomb_webp,
        "a script that is a picture too.gif": gif_and_script,
        "a page behind the end.png": lambda: png + HTML,
        "a page behind the end.jpg": lambda: jpeg + HTML,
        "a page in a note.png": lambda: with_chunk(png, b"tEXt", b"Comment\0" + HTML),
        "30,000 x 1.png": lambda: encoded(drawing(30_000, 1), "PNG"),
        "1 x 30,000.png": lambda: encoded(drawing(1, 30_000), "PNG"),
        "nothing.png": lambda: b"",
        "half.png": lambda: png[: len(png) // 2],
        "half.jpg": lambda: jpeg[: len(jpeg) // 2],
        "half.gif": lambda: encoded(drawing(), "GIF")[:300],
        "half.webp": lambda: encoded(drawing(), "WEBP")[:300],
        "half.avif": lambda: encoded(drawing(), "AVIF")[:400],
        "half.heic": lambda: encoded(drawing(), "HEIF")[:400],
        "half.pdf": lambda: pdf(drawing())[:300],
        "only a head.png": lambda: png[:33],
        "a page that says it is.png": lambda: HTML,
        "a drawing that says it is.png": lambda: b'<svg xmlns="http://www.w3.org/2000/svg"/>',
        "a profile of a gigabyte.png": lambda: with_chunk(
            png, b"iCCP", b"mine\0\0" + squeezed(1 << 30)
        ),
        "a profile of 13 megabytes of noise.jpg": lambda: noisy_profile(jpeg),
        "a packed note of 100 MB.png": lambda: with_chunk(
            png, b"zTXt", b"Comment\0\0" + squeezed(100_000_000)
        ),
        "a note of 19 MB.png": lambda: with_chunk(png, b"tEXt", b"Comment\0" + b"x" * 19_000_000),
        "ten thousand frames.gif": lambda: frames_gif(10_000),
        "noise after a head.jpg": lambda: jpeg[:700] + bytes(range(256)) * 400,
    }
    for what, make in made.items():
        yield what, what.replace(" ", "-").replace(",", ""), make()


def noisy_profile(jpeg: bytes) -> bytes:
    """A JPEG with an ICC profile as long as one can be, of noise."""
    noise = bytes(range(256)) * 255
    parts = [
        b"\xff\xe2"
        + struct.pack(">H", 16 + len(noise))
        + b"ICC_PROFILE\0"
        + bytes([n, 200])
        + noise
        for n in range(1, 201)
    ]
    return jpeg[:2] + b"".join(parts) + jpeg[2:]
