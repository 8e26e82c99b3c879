"""Pictures of every kept type with a marker in every place where metadata can hide."""

import struct
import zlib
from io import BytesIO
from random import Random

from PIL import Image, ImageCms, ImageDraw, PngImagePlugin

from imagescraper.media.picture import MAX_PIXELS, load, opened

MARKER = b"CANARY"
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF>CANARY</rdf:RDF></x:xmpmeta>'


def drawing(width: int = 96, height: int = 64, mode: str = "RGB") -> Image.Image:
    """A picture whose four corners differ, so that every turn shows."""
    image = Image.new("RGB", (width, height), "navy")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, width // 3, height // 3), fill="red")
    draw.ellipse((width // 2, height // 4, width - 2, height - 2), fill="yellow")
    draw.line((0, height, width, 0), fill="white", width=3)
    return image.convert(mode)


def exif(orientation: int = 1, **texts: str) -> Image.Exif:
    tags = Image.Exif()
    tags[0x0112] = orientation
    tags[0x010F] = "Maker"
    tags[0x013B] = "CANARY artist"
    tags.get_ifd(0x8825).update({1: "N", 2: (5.0, 50.0, 21.84), 3: "E", 4: (118.0, 7.0, 1.56)})
    for name, text in texts.items():
        tags[{"description": 0x010E, "copyright": 0x8298}[name]] = text
    return tags


def srgb() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def encode(image: Image.Image, kind: str, **options) -> bytes:
    buffer = BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def segment(marker: int, payload: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(payload) + 2) + payload


def jpeg(orientation: int = 1, image: Image.Image | None = None, **options) -> bytes:
    """A JPEG with every kind of segment, fill bytes, a thumbnail in its JFIF header, and a trailer."""
    plain = encode(image or drawing(), "JPEG", icc_profile=srgb(), restart_marker_blocks=4, **options)
    jfif_end = 4 + int.from_bytes(plain[4:6])
    jfif = segment(0xE0, plain[6:18] + b"\x02\x02" + b"CANARYCANARY")
    extras = b"".join((
        segment(0xE1, b"Exif\0\0" + exif(orientation).tobytes().removeprefix(b"Exif\0\0")),
        segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + XMP),
        segment(0xE2, b"MPF\0CANARY"),
        segment(0xEB, b"CANARY unknown"),
        segment(0xED, b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x0b\x1c\x02\x50\0\x06CANARY\0"),
        b"\xff\xff\xff" + segment(0xFE, b"CANARY comment"),
    ))  # fmt: skip
    return plain[:2] + jfif + extras + plain[jfif_end:] + b"PK\x03\x04 CANARY trailer"


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(orientation: int = 1, mode: str = "RGB") -> bytes:
    """A PNG with text, time, EXIF and unknown chunks, and a trailer."""
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Author", "CANARY")
    texts.add_itxt("Comment", "CANARY", zip=True)
    plain = encode(drawing(mode=mode), "PNG", pnginfo=texts, exif=exif(orientation), icc_profile=srgb())
    extras = chunk(b"tIME", b"\x07\xe5\x08\x02\x09\x36\x05") + chunk(b"caNy", MARKER) + chunk(b"gAMA", MARKER)
    return plain[:33] + extras + plain[33:] + b"CANARY trailer"


def webp(orientation: int = 1, **options) -> bytes:
    """A WebP with EXIF, XMP, an unknown chunk and a trailer."""
    plain = encode(drawing(), "WEBP", exif=exif(orientation), xmp=XMP, icc_profile=srgb(), **options)
    body = plain[12:] + b"CNRY" + struct.pack("<I", 7) + b"CANARY!\0"
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body + b"CANARY trailer"


def gif() -> bytes:
    """An animated GIF with a comment, an XMP block, a plain text with its own timing, and a trailer."""
    frames = [drawing().convert("P"), drawing().transpose(Image.Transpose.ROTATE_180).convert("P")]
    plain = encode(frames[0], "GIF", save_all=True, append_images=frames[1:], loop=3, duration=80, comment=MARKER)
    text = b"!\xf9\x04\0\x05\0\0\0" + b"!\x01\x0c" + bytes(12) + b"\x06CANARY\0"
    xmp = b"!\xff\x0bXMP DataXMP" + bytes([len(XMP)]) + XMP + b"\0"
    return plain[:-1] + text + xmp + b";CANARY trailer"


def decoded(data: bytes, max_pixels: int = MAX_PIXELS) -> tuple[int, int]:
    """Decode a picture completely and return its size."""
    with opened(data, max_pixels) as image:
        load(image)
        return image.size


def distance(one: str, other: str) -> int:
    """In how many of their 64 bits two difference hashes differ: 0 the same, up to about 10 alike."""
    return (int(one, 16) ^ int(other, 16)).bit_count()


def damaged(data: bytes, seed: int) -> bytes:
    """`data` with some bytes changed, cut out, doubled or cut off."""
    random = Random(seed)
    changed = bytearray(data)
    for _ in range(random.randint(1, 8)):
        at = random.randrange(len(changed))
        match random.randrange(5):
            case 0 | 1:
                changed[at] = random.choice((0, 0xFF, 0xD8, 0xDA, random.randrange(256)))
            case 2:
                changed[at : at + 4] = random.choice((b"\xff\xff\xff\xff", b"\0\0\0\0", b"\x7f\xff\xff\xff"))
            case 3:
                del changed[at : at + random.randint(1, 40)]
            case 4:
                changed[at:at] = changed[at : at + random.randint(1, 40)]
        if len(changed) < 2:
            break
    return bytes(changed[: random.randrange(len(changed)) if random.random() < 0.2 else None])
