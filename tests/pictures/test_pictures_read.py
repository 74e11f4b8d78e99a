"""Pictures as they lie in a folder: what is taken, and what is kept back and told."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from vivavoce.errors import BadFile
from vivavoce.model import Picture
from vivavoce.pictures import drawing, file, read
from vivavoce.rights import Item, may

ABOUT = 'title = "The quay"\nalt = "A quay with a crane."\ncredit = "Ida Holm"\nlicence = "CC BY 4.0"\n'
DRAWN = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30"><title>Quay</title><path d="M0 0h9"/>{}</svg>'


def folder(home: Path, **files: str | bytes) -> Path:
    """A project's folder of pictures; `__` in a name stands for its dot."""
    (home / "pictures").mkdir()
    for name, held in files.items():
        path = home / "pictures" / name.replace("__", ".")
        path.write_bytes(held.encode() if isinstance(held, str) else held)
    return home


def shown(picture: Picture) -> bool:
    return may(Item("picture", picture.restrictions), "site", "2026-01-01")


def png(wide: int, high: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", wide, high) + b"\x08\x02\0\0\0"


def jpeg(wide: int, high: int) -> bytes:
    first = b"\xff\xe0" + struct.pack(">H", 16) + b"JFIF\0" + bytes(9)
    return b"\xff\xd8" + first + b"\xff\xc0" + struct.pack(">HBHH", 17, 8, high, wide) + bytes(12)


def test_a_picture_is_what_its_sidecar_says(tmp_path: Path) -> None:
    told = ABOUT + 'date = "1987-10"\nof = ["Ida Holm", "The crane falls"]\n'
    (one,), warnings = read(folder(tmp_path, quay__svg=DRAWN.format(""), quay__toml=told))
    assert (one.path, one.alt, one.caption, one.credit) == ("quay.svg", "A quay with a crane.", "The quay", "Ida Holm")
    assert (one.date, one.rights, one.of, one.size) == (
        "1987-10",
        "CC BY 4.0",
        ("Ida Holm", "The crane falls"),
        (40, 30),
    )
    assert one.words == "Quay"
    assert warnings == () and shown(one)
    assert file(tmp_path, one).read_text() == DRAWN.format("")


def test_photographs_are_known_by_their_content_and_measured(tmp_path: Path) -> None:
    files = {"a__png": png(300, 200), "b__jpg": jpeg(640, 480), "c__JPG": jpeg(9, 8)}
    home = folder(tmp_path, **files, a__toml=ABOUT, b__toml=ABOUT, c__JPG__toml=ABOUT)
    pictures, warnings = read(home)
    assert [p.size for p in pictures] == [(300, 200), (640, 480), (9, 8)]
    assert warnings == () and all(map(shown, pictures))


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"a__png": png(3, 2)}, "no sidecar"),
        ({"a__png": png(3, 2), "a__toml": 'title = "x"\nalt = "y"\ncredit = "z"\n'}, "does not say licence"),
        ({"a__png": png(3, 2), "a__toml": 'alt = "y"\n'}, "does not say licence and credit"),
        ({"a__png": png(3, 2), "a__toml": ABOUT + "rigths = 1\n"}, "Did you mean “rights”"),
        ({"a__png": png(3, 2), "a__toml": ABOUT + "title = "}, "a.toml"),
        ({"a__png": png(3, 2), "a__toml": ABOUT, "a__png__toml": ABOUT}, "two sidecars"),
        ({"a__png": b"<html><script>1</script>", "a__toml": ABOUT}, "no picture by its content"),
        ({"a__png": jpeg(3, 2), "a__toml": ABOUT}, "a JPG by its content"),
        ({"a__svg": DRAWN.format("<script>1</script>"), "a__toml": ABOUT}, "holds “script”"),
    ],
)
def test_what_does_not_say_that_it_may_be_shown_is_kept_back_and_told(
    tmp_path: Path, files: dict[str, str | bytes], told: str
) -> None:
    (one,), (warning,) = read(folder(tmp_path, **files))
    assert not shown(one)
    assert one.alt == one.caption == one.words == ""
    assert told in warning.told(warning.place) and "not shown" in warning.what


def test_rights_in_a_sidecar_hold_and_those_that_are_not_understood_hold_everywhere(tmp_path: Path) -> None:
    until = ABOUT + '[[rights]]\nchannels = ["site"]\nuntil = 2030-01-01\nground = "the heirs"\n'
    odd = ABOUT + '[[rights]]\nchanels = ["book"]\n'
    (a, b), warnings = read(folder(tmp_path, a__png=png(3, 2), a__toml=until, b__png=png(3, 2), b__toml=odd))
    assert not shown(a)
    assert may(Item("picture", a.restrictions), "book", "2026-01-01")
    assert may(Item("picture", a.restrictions), "site", "2030-01-01")
    assert not any(may(Item("picture", b.restrictions), c, "2090-01-01") for c in ("site", "book", "export"))
    assert ["chanels" in w.what for w in warnings] == [True]


def test_what_is_no_picture_is_left_and_what_browsers_do_not_show_is_told(tmp_path: Path) -> None:
    pictures, warnings = read(folder(tmp_path, notes__txt="x", scan__tif=b"II*\0", __hidden__png=png(1, 1)))
    assert pictures == ()
    assert ["browsers do not show" in w.what for w in warnings] == [True]


def test_a_link_that_leads_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(png(3, 2))
    home = folder(tmp_path, secret__toml=ABOUT)
    (home / "pictures" / "secret.png").symlink_to(tmp_path / "secret.png")
    assert read(home)[0] == ()


def test_a_project_without_pictures_has_none(tmp_path: Path) -> None:
    assert read(tmp_path) == ((), ())


@pytest.mark.parametrize(
    "inside",
    [
        '<rect onload="alert(1)"/>',
        '<a href="https://evil.example"><rect/></a>',
        '<use href="https://evil.example#x"/>',
        '<use xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="data:image/svg+xml,x"/>',
        '<image href="x.png"/>',
        "<foreignObject><p/></foreignObject>",
        "<style>@import 'x.css';</style>",
        "<style>rect{fill:url(https://evil.example)}</style>",
        "<style>rect{fill:u\\72l(x)}</style>",
        '<rect fill="url( &quot;https://evil.example&quot; )"/>',
        '<rect style="background:image-set(x)"/>',
        '<animate attributeName="href" to="javascript:alert(1)"/>',
        '<set attributeName="onclick" to="x"/>',
        '<p xmlns="http://www.w3.org/1999/xhtml"/>',
        '<rect xmlns:i="http://www.inkscape.org/namespaces/inkscape" i:export-filename="C:/home/x"/>',
        "<?xml-stylesheet href='x.css'?>",
    ],
)
def test_a_drawing_that_acts_or_loads_is_refused(inside: str) -> None:
    with pytest.raises(BadFile):
        drawing.looked_at(DRAWN.replace("{}", inside).encode())


@pytest.mark.parametrize(
    "data",
    [
        b'<!DOCTYPE svg [<!ENTITY a "b">]>' + DRAWN.encode(),
        DRAWN.encode("utf-16"),
        b'<?xml version="1.0" encoding="utf-7"?>' + DRAWN.encode(),
        b"<svg/>",
        b"<svg",
        b"",
        ("<svg xmlns='http://www.w3.org/2000/svg'>" + "<g>" * 500 + "</g>" * 500 + "</svg>").encode(),
    ],
)
def test_what_could_hide_something_or_is_no_drawing_is_refused(data: bytes) -> None:
    with pytest.raises(BadFile):
        drawing.looked_at(data)


def test_a_drawing_may_refer_to_its_own_parts(tmp_path: Path) -> None:
    inside = '<clipPath id="c"><rect width="9"/></clipPath><g clip-path="url(#c)"><use href="#c"/></g>'
    inside += '<style>g{fill:url("#c")}</style><!-- of a crane --><text aria-label="Bell">Aho</text>'
    words, size = drawing.looked_at(DRAWN.replace("{}", inside).encode())
    assert size == (40, 30)
    assert {"Quay", "Aho", "crane", "Bell"} <= set(words.split())
