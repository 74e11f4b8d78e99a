"""An invented edition with everything in it, and long ones."""

from __future__ import annotations

from vivavoce.book.arrangement import Run
from vivavoce.book.edition import Edition, Entry, Member, Mentioned, Note, Part, Pause, Speech, Told

SAID = "We stood at the gate till noon, all of us, and *nobody* <b>came</b> & the #key was 10 $ [sic] — “so”."


def speech(n: int, words: str = SAID, kind: str = "interview", role: str = "") -> Speech:
    via = "The Harbour Post, 1974" if kind == "press" else ""
    name = "The Harbour Post" if kind == "document" else "Ida Fell"
    return Speech(f"c1-{n}", kind, name, role, via, ((Run(words),),), n, "ida-fell")  # type: ignore[arg-type]


def edition(blocks: int = 3, trim: str = "6x9") -> Edition:
    """An edition of two chapters with `blocks` interview blocks, a press block, a document and narration."""
    said = [speech(n + 1, role="crane driver" if n == 0 else "") for n in range(blocks)]
    press, document = speech(blocks + 1, "“It was Friday.”", "press"), speech(blocks + 2, "Gates shut.", "document")
    two = Speech(
        "c1-x", "interview", "Ida Fell", "", "", ((Run("One. "), Run("Two.", "italic")), (Run("Three."),)), blocks + 3
    )
    narration = Told("c1-n", "paragraph", (Run("It had "), Run("rained", "italic"), Run(" since Tuesday.")))
    first = Part("c0", "", (Told("c0-0", "paragraph", (Run("Before all."),)),))
    second = Part(
        "c1-the-lockout",
        "The lockout",
        (
            narration,
            *said,
            Told("c1-h", "heading", (Run("After noon"),)),
            Told("c1-i", "item", (Run("The first to go."),)),
            Pause("c1-p"),
            press,
            document,
            two,
        ),
    )
    notes = [Note(n + 1, s.id, f"Ida Fell, “At the gate”, 3 May 2021, 0:{n % 60:02}") for n, s in enumerate(said)]
    notes += [
        Note(blocks + 1, press.id, "Ida Fell, quoted in “Gates”, The Harbour Post", "https://post.example/gates?a=1&b"),
        Note(blocks + 2, document.id, "“Gates”, The Harbour Post"),
        Note(blocks + 3, two.id, "Ida Fell, “At the gate”"),
    ]
    return Edition(
        title="The Lockout & after",
        subtitle="An oral history",
        author="Ada Quill",
        language="en-GB",
        day="2026-01-01",
        identifier="urn:uuid:00000000-0000-8000-9000-000000000001",
        trim=trim,  # type: ignore[arg-type]
        rights=("Quayside Press", "© 2026 Ada Quill", "ISBN 978-0-00-000000-2"),
        dedication="For the crane drivers",
        introduction=((Run("How it began."),), (Run("And went on."),)),
        method=("This book is made of passages.", "Each is printed as it was said."),
        people=(
            Member("ida-fell", "Ida Fell", "crane driver", "councillor", "3 May 2021", "", True),
            Member("len-ash", "Len Ash", "foreman", "", "", "died 1980; declined to be interviewed", False),
        ),
        parts=(first, second),
        notes=tuple(notes),
        bibliography=(
            Entry("interview", "i/fell.vtt", "Ida Fell, “At the gate”, 3 May 2021."),
            Entry("press", "p/gates.txt", "“Gates”, The Harbour Post.", "https://post.example/gates?a=1&b"),
        ),
        index=(
            Mentioned("person", "Fell, Ida", tuple(s.id for s in said)),
            Mentioned("work", "The Lockout", ("c1-n",)),
        ),
        gaps=1,
    )
