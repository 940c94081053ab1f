"""Files as cameras, telephones and programs make them, small enough to be written down here."""

import io
import struct
import zipfile

import pillow_heif
from PIL import Image

GPS, ORIENTATION = 0x8825, 0x0112
SRT = "1\r\n00:00:01,000 --> 00:00:02,500\r\nGrüß Gott\r\n\r\n2\r\n00:00:03,000 --> 00:00:04,000\r\nAdé\r\n"
VTT = "WEBVTT\n\n00:01.000 --> 00:02.500\nGrüß Gott\n"


def photo(format="JPEG", *, size=(64, 48), turn=1, mode="RGB", **options):
    """A picture that says where it was taken, and with what."""
    image = Image.new(mode, size, "teal" if mode == "RGB" else None)
    exif = Image.Exif()
    exif[ORIENTATION] = turn
    exif[0x010F] = "Neckarphone"
    exif.get_ifd(GPS).update({1: "N", 2: (49.0, 8.0, 31.0), 3: "E", 4: (9.0, 13.0, 7.0)})
    into = io.BytesIO()
    if format == "GIF":
        options.setdefault("comment", b"Neckarphone")
    elif format == "JPEG":
        options |= {"exif": exif, "comment": b"Neckarphone"}
    else:
        options["exif"] = exif
    image.save(into, format, **options)
    return into.getvalue()


def moving(format="GIF"):
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "green", "blue")]
    into = io.BytesIO()
    frames[0].save(into, format, save_all=True, append_images=frames[1:], duration=100, loop=0)
    return into.getvalue()


def heic(size=(64, 48)):
    into = io.BytesIO()
    exif = Image.Exif()
    exif.get_ifd(GPS).update({1: "N", 2: (49.0, 8.0, 31.0)})
    pillow_heif.from_pillow(Image.new("RGB", size, "teal")).save(into, exif=exif.tobytes())
    return into.getvalue()


def box(kind, *parts):
    body = b"".join(parts)
    return struct.pack(">I4s", 8 + len(body), kind) + body


def track(handler, codec, *more):
    entry = struct.pack(">I4s", 16, codec) + bytes(8)
    table = box(b"stbl", box(b"stsd", struct.pack(">II", 0, 1), entry))
    named = box(b"hdlr", bytes(8), handler, bytes(13))
    return box(b"trak", box(b"mdia", named, box(b"minf", table)), *more)


def mp4(seconds=90.0, *, brand=b"isom", video=b"avc1", audio=b"mp4a", place=b"", long=False):
    """An MP4 without its pictures: index first, as for the web."""
    if long:
        head = struct.pack(">IQQIQ", 1 << 24, 0, 0, 1000, round(seconds * 1000))
    else:
        head = struct.pack(">IIIII", 0, 0, 0, 1000, round(seconds * 1000))
    tracks = [track(b"vide", video)] if video else []
    tracks += [track(b"soun", audio)] if audio else []
    own = [box(b"udta", box(b"\xa9xyz", place))] if place else []
    index = box(b"moov", box(b"mvhd", head, bytes(80)), *tracks, *own)
    return box(b"ftyp", brand, bytes(4)) + index + box(b"mdat", bytes(64))


def element(name, *parts):
    body = b"".join(parts)
    return name + bytes([0x08]) + len(body).to_bytes(4, "big") + body


def webm(seconds=12.5, *, kind=b"webm", codec=b"V_VP9"):
    info = element(b"\x15\x49\xa9\x66", element(b"\x2a\xd7\xb1", (1_000_000).to_bytes(3, "big")), *([element(b"\x44\x89", struct.pack(">d", seconds * 1000))] if seconds else []))  # fmt: skip
    entry = element(b"\xae", element(b"\x83", b"\1"), element(b"\x86", codec))
    head = element(b"\x1a\x45\xdf\xa3", element(b"\x42\x82", kind))
    segment = element(b"\x18\x53\x80\x67", info, element(b"\x16\x54\xae\x6b", entry), element(b"\x1f\x43\xb6\x75", bytes(9)))  # fmt: skip
    return head + segment


def mp3(frames=100, *, tag=b"", counted=0):
    """Frames of 128 kbit/s at 44 100 Hz: 417 bytes and 26 ms each."""
    frame = b"\xff\xfb\x90\x00" + bytes(413)
    first = frame
    if counted:
        first = frame[:36] + b"Xing" + struct.pack(">II", 1, counted) + frame[48:]
    sound = first + frame * (frames - 1)
    size = len(tag)
    head = b"ID3\4\0\0" + bytes([size >> 21 & 127, size >> 14 & 127, size >> 7 & 127, size & 127])
    return (head + tag if tag else b"") + sound


def office(kind="docx", *, macros=False):
    inside = {
        "docx": "word/document.xml",
        "xlsx": "xl/workbook.xml",
        "pptx": "ppt/presentation.xml",
    }
    names = {
        "odt": b"application/vnd.oasis.opendocument.text",
        "odp": b"application/vnd.oasis.opendocument.presentation",
    }
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as archive:
        if kind in names:
            archive.writestr("mimetype", names[kind])
        else:
            archive.writestr(inside[kind], "<x/>")
        if macros:
            archive.writestr("word/vbaProject.bin", b"x")
    return into.getvalue()


def pdf():
    return b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\nstartxref\n0\n%%EOF\n"
