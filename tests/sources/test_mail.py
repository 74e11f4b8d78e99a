"""E-mails: the writer's own words are the body; replies, signatures and attachments are not; an article is press."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vivavoce import quotes, sources
from vivavoce.errors import UnreadableSource
from vivavoce.model import Known, Source

HEAD = (
    "Return-Path: <ines@example.org>\r\nFrom: =?utf-8?q?In=C3=A9s_Quarrie?= <ines@example.org>\r\n"
    "To: Ruth Hale <ruth@example.org>\r\nSubject: {}\r\nDate: Sat, 3 May 2003 22:10:00 +0100\r\nMIME-Version: 1.0\r\n"
)


def mail(body: str, subject: str = "Re: The lamp", kind: str = "text/plain; charset=utf-8") -> bytes:
    return (HEAD.format(subject) + f"Content-Type: {kind}\r\n\r\n" + body.replace("\n", "\r\n")).encode()


def read(root: Path, data: bytes, name: str = "a.eml") -> Source:
    (root / name).write_bytes(data)
    return sources.read(root, name)


def blocks(source: Source) -> list[tuple[str, str]]:
    return [(b.kind, source.text[b.start : b.end]) for b in source.blocks]


def body(source: Source) -> list[str]:
    return [words for kind, words in blocks(source) if kind == "body"]


LETTER = """Dear Ruth,

Dennis says “it was ten”, and I believe him, whatever the others may
tell you when they have been in the Anchor for an hour.

> When did it go dark?
At ten.

Best wishes,
Inés
Editor, The Harbour Courier

On Fri, 2 May 2003 at 10:00, Ruth Hale <ruth@example.org>
wrote:
> Did you find it?
> “I never wrote that,” he said.
"""


def test_what_is_quoted_and_signed_is_not_body(tmp_path: Path) -> None:
    source = read(tmp_path, mail(LETTER))
    assert body(source) == [
        "Dear Ruth,",
        "Dennis says “it was ten”, and I believe him, whatever the others may tell you when they have been in the "
        "Anchor for an hour.",
        "At ten.",
    ]
    assert (source.kind, source.format, source.title) == ("press", "mail", "The lamp")
    assert (source.byline, source.date) == ("Inés Quarrie", "2003-05-03")
    assert all(word in source.text for word in ("Did you find it", "Harbour Courier", "never wrote"))
    assert [q.text for q in quotes.find(source, Known())] == ["it was ten"]


@pytest.mark.parametrize(
    "rest",
    [
        "-- \nInes\nTel. 555",
        "--\nInes",
        "Sent from my telephone",
        "-----Original Message-----\nFrom: Ruth\nSent: Friday\nTo: Ines\nSubject: Lamp\n\nDid you find it?",
        "________________________________\nFrom: Ruth Hale\nSent: Friday\nTo: Ines\nSubject: Lamp\n\nDid you find it?",
        "*From:* Ruth Hale\n*Sent:* Friday\n*To:* Ines\n*Subject:* Lamp\n\nDid you find it?",
        "Am 02.05.2003 um 10:00 schrieb Ruth Hale:\n> Did you?",
        "Mit freundlichen Grüßen\nInes Quarrie",
    ],
)
def test_where_the_letter_ends(tmp_path: Path, rest: str) -> None:
    source = read(tmp_path, mail(f"It was ten.\n\n{rest}\n"))
    assert body(source) == ["It was ten."]


def test_a_sentence_that_begins_as_a_closing_is_text(tmp_path: Path) -> None:
    source = read(
        tmp_path, mail("Best\nof all was the boat, which came back in the morning with all hands.\nSent home.\n")
    )
    assert "of all was the boat" in " ".join(body(source))


def test_an_article_in_a_letter_is_press(tmp_path: Path) -> None:
    article = "The lamp that nobody relit\nBy Tom Brand\n\n“We saw nothing,” said Dennis Okafor.\n"
    source = read(tmp_path, mail(f"Dear Ruth,\n\nhere it is.\n\n{article}\nInes\n"))
    assert blocks(source)[2:5] == [
        ("headline", "The lamp that nobody relit"),
        ("byline", "By Tom Brand"),
        ("body", "“We saw nothing,” said Dennis Okafor."),
    ]


def test_a_forwarded_article_is_the_source(tmp_path: Path) -> None:
    words = "“We saw nothing,” said Dennis Okafor, who kept the light until the service was automated. " * 5
    forwarded = (
        "fyi\n\n---------- Forwarded message ---------\nFrom: Tom Brand <tom@example.org>\nDate: Fri, 2 May 2003\n"
        f"Subject: Piece\nTo: Ines\n\n\nThe lamp that nobody relit\nBy Tom Brand\n\n{words}\n"
    )
    source = read(tmp_path, mail(forwarded, "Fwd: Piece"))
    assert ("headline", "The lamp that nobody relit") in blocks(source)
    assert (source.title, source.byline) == ("The lamp that nobody relit", "Tom Brand")
    assert not any("Subject: Piece" in words for words in body(source))


def test_plain_text_is_preferred_and_attachments_are_told(tmp_path: Path) -> None:
    picture = base64.b64encode(b"\xff\xd8\xff" * 99).decode()
    parts = (
        '--b\nContent-Type: multipart/alternative; boundary="c"\n\n--c\nContent-Type: text/plain; charset=utf-8\n'
        "Content-Transfer-Encoding: quoted-printable\n\nIt was ten =E2=80=93 I think.\n--c\nContent-Type: text/html\n\n"
        "<p>It was eleven.</p>\n--c--\n--b\nContent-Type: image/jpeg\n"
        f'Content-Disposition: attachment; filename="lamp.jpg"\nContent-Transfer-Encoding: base64\n\n{picture}\n--b--\n'
    )
    source = read(tmp_path, mail(parts, kind='multipart/mixed; boundary="b"'))
    assert source.text == "It was ten – I think."
    assert "lamp.jpg" in source.warnings[0].what


def test_a_page_is_read_and_its_quoted_part_is_none(tmp_path: Path) -> None:
    page = (
        "<html><body><p>It was <b>ten</b>.</p><p>I was there.</p><div class=gmail_quote><p>On Friday Ruth wrote:</p>"
        '<blockquote class="gmail_quote"><p>Did you find it?</p></blockquote></div></body></html>'
    )
    source = read(tmp_path, mail(page, kind="text/html; charset=utf-8"))
    assert body(source) == ["It was ten.", "I was there."]
    assert "Did you find it?" in source.text


def test_flowing_lines_are_made_whole(tmp_path: Path) -> None:
    flowed = "It was ten when the lamp \nwent out, and nobody \nsaw it.\n> Did \n> you?\n-- \nInes\n"
    source = read(tmp_path, mail(flowed, kind="text/plain; charset=utf-8; format=flowed"))
    assert body(source) == ["It was ten when the lamp went out, and nobody saw it."]


def test_an_interview_by_letter_is_a_transcript(tmp_path: Path) -> None:
    source = read(
        tmp_path, mail("Q: When did it go dark?\n\nA: At ten, I think.\n\nQ: And then?\n\nA: Then nothing at all.\n")
    )
    assert source.kind == "transcript"
    assert [t.asks for t in source.turns] == [True, False, True, False]


def test_what_only_looks_like_a_header_is_none(tmp_path: Path) -> None:
    text = (
        "Title: The lamp that nobody relit\nDate: 1 May 2003\nSubject: lamps\n\n“We saw nothing,” said Dennis Okafor.\n"
    )
    assert read(tmp_path, text.encode(), "a.txt").format == "text"
    assert read(tmp_path, mail(LETTER), "b.txt").format == "mail"


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (mail(""), "no text"),
        (mail("x", kind="multipart/mixed; boundary=b"), "no text"),
        (mail("--b\nContent-Type: multipart/mixed; boundary=b\n\n" * 999, kind="multipart/mixed; boundary=b"), "parts"),
        (
            b"From a@b Sat May 03 22:10:00 2003\nFrom: a\n\nOne.\n\n" * 2,
            "mbox",
        ),
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence(tmp_path: Path, data: bytes, word: str) -> None:
    with pytest.raises(UnreadableSource) as caught:
        read(tmp_path, data)
    assert word in str(caught.value)
    assert "reader failed" not in str(caught.value)


@settings(max_examples=100, deadline=None)
@given(
    kind=st.sampled_from(
        ["text/plain; charset=none", "text/html", "multipart/mixed; boundary=", "x/y", "text/plain; format=flowed"]
    ),
    words=st.text(st.sampled_from("abc >\n-–:<>=*?.Ö\x00\r"), max_size=80),
    date=st.text("0123456789 :+-MayFri,", max_size=20),
)
def test_no_letter_is_too_strange(tmp_path_factory: pytest.TempPathFactory, kind: str, words: str, date: str) -> None:
    data = f"From: <\r\nDate: {date}\r\nSubject: =?utf-9?q?x\r\nContent-Type: {kind}\r\n\r\n{words}".encode()
    try:
        source = read(tmp_path_factory.getbasetemp(), data)
    except UnreadableSource as e:
        assert "reader failed" not in str(e)
        return
    assert source.text.strip() == source.text
