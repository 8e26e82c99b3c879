"""The metadata that the sandbox's cameras write, and how Flickr reads metadata back."""

import random
from fractions import Fraction
from functools import cache
from typing import Any

from PIL import Image, ImageCms, TiffImagePlugin
from PIL.ExifTags import GPS, IFD, Base

from sandbox.collection import Photo

ORIENTATION = {0: 1, 90: 6, 180: 3, 270: 8}  # degrees to turn clockwise → EXIF orientation

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmp:Rating="{rating}"><dc:creator><rdf:Seq><rdf:li>{creator}</rdf:li></rdf:Seq></dc:creator></rdf:Description>
</rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


def camera_metadata(photo: Photo) -> dict[str, Any]:
    """Return what Pillow's `save` takes to write a photo's metadata; empty for a scan, which has none."""
    owner = photo.owner
    if owner.camera is None:
        return {}
    rng = random.Random(photo.token("exif"))
    exif = Image.Exif()
    exif.update(_image_tags(photo))
    exif[IFD.Exif] = _exposure_tags(photo, rng)
    # Some members hide the position on Flickr and leave it in the file.
    if photo.geo or (photo.place and rng.random() < 0.2):
        exif[IFD.GPSInfo] = _gps_tags(photo, rng)
    metadata: dict[str, Any] = {"exif": exif.tobytes()}
    if photo.format == "jpg":
        if rng.random() < 0.15:
            creator = owner.realname or owner.username
            metadata["xmp"] = _XMP.format(rating=rng.randrange(6), creator=creator).encode()
        if rng.random() < 0.1:
            metadata["comment"] = b"Edited on a rainy afternoon"
        if rng.random() < 0.3:
            metadata["icc_profile"] = _srgb()
    return metadata


def _image_tags(photo: Photo) -> dict[int, Any]:
    owner = photo.owner
    assert owner.camera is not None  # noqa: S101 - told to the type checker; the caller has looked
    tags: dict[int, Any] = {
        Base.Make: owner.camera.make,
        Base.Model: owner.camera.model,
        Base.Orientation: ORIENTATION[photo.rotation],
        Base.XResolution: _rational(72),
        Base.YResolution: _rational(72),
        Base.ResolutionUnit: 2,
        Base.Software: owner.camera.software,
    }
    if photo.taken[0] != "0":
        tags[Base.DateTime] = _exif_time(photo)
    if owner.signs_files:
        name = owner.realname or owner.username
        tags |= {Base.Artist: name.encode(), Base.Copyright: f"(c) {name}".encode()}
    return tags


def _exposure_tags(photo: Photo, rng: random.Random) -> dict[int, Any]:
    owner = photo.owner
    tags: dict[int, Any] = {
        Base.ExposureTime: _rational(Fraction(1, rng.choice((15, 60, 125, 250, 500, 1000)))),
        Base.FNumber: _rational(Fraction(rng.choice((18, 28, 40, 56, 80)), 10)),
        Base.ISOSpeedRatings: rng.choice((100, 200, 400, 800, 1600)),
        Base.ExifVersion: b"0231",
        Base.ExposureBiasValue: TiffImagePlugin.IFDRational(0, 1),
        Base.Flash: 16,
        Base.FocalLength: _rational(Fraction(rng.choice((42, 180, 240, 350, 500, 1050)), 10)),
        Base.ColorSpace: 1,
        Base.ExifImageWidth: photo.width,
        Base.ExifImageHeight: photo.height,
    }
    if photo.taken[0] != "0":
        tags |= {Base.DateTimeOriginal: _exif_time(photo), Base.DateTimeDigitized: _exif_time(photo)}
    if owner.camera and owner.camera.lens:
        tags[Base.LensModel] = owner.camera.lens
    if owner.serial:
        # Cameras let their owner's name be entered in ASCII only.
        typed = (owner.realname or owner.username).encode("ascii", "ignore").decode().strip()
        tags |= {Base.BodySerialNumber: owner.serial, Base.CameraOwnerName: typed or owner.nsid}
    return tags


def _gps_tags(photo: Photo, rng: random.Random) -> dict[int, Any]:
    tags: dict[int, Any] = {
        GPS.GPSVersionID: b"\x02\x03\x00\x00",
        GPS.GPSLatitudeRef: "N" if photo.latitude >= 0 else "S",
        GPS.GPSLatitude: _degrees(photo.latitude),
        GPS.GPSLongitudeRef: "E" if photo.longitude >= 0 else "W",
        GPS.GPSLongitude: _degrees(photo.longitude),
        GPS.GPSAltitudeRef: b"\x00",
        GPS.GPSAltitude: _rational(rng.randrange(5, 2500)),
    }
    if photo.taken[0] != "0":
        tags[GPS.GPSDateStamp] = _exif_time(photo)[:10]
    return tags


def _exif_time(photo: Photo) -> str:
    return photo.taken.replace("-", ":")


def _rational(value: int | Fraction) -> TiffImagePlugin.IFDRational:
    return TiffImagePlugin.IFDRational(value.numerator, value.denominator)


def _degrees(angle: float) -> tuple[TiffImagePlugin.IFDRational, ...]:
    degrees, rest = divmod(round(abs(angle) * 3_600 * 1_000), 3_600_000)
    minutes, thousandths = divmod(rest, 60_000)
    return _rational(degrees), _rational(minutes), TiffImagePlugin.IFDRational(thousandths, 1_000)


@cache
def _srgb() -> bytes:
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    # Bytes 24 to 35 of an ICC header are its time of creation: fixed, so that a picture's bytes are always the same.
    profile[24:36] = bytes.fromhex("07da00010001000000000000")
    return bytes(profile)
