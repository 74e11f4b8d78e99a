"""Who is meant by "I", a name, a nickname or "he" in an account, as far as it can be known."""

from __future__ import annotations

import re
from typing import NamedTuple

from vivavoce.accounts.features import Persons, meant
from vivavoce.accounts.numbers import BIG, value
from vivavoce.accounts.words import lists
from vivavoce.language.times import MONTHS
from vivavoce.model import Account, folded

NAME = r"(?:(?:Mrs?|Ms|Miss|Dr|Captain|Capt|Sir|Father|Sister)\.? )?(?:[A-Z][\w-]{1,24} ){0,2}[A-Z][\w-]{1,24}"
TITLE = re.compile(r"^(?:mrs?|ms|miss|dr|captain|capt|sir|father|sister)\.? ")
OWNED = re.compile(r"['’]s?$")
# Words with a capital at the beginning of a sentence, and days.
NO_NAMES = """
and but so no yes it he she they we you i the that this then there when what who why how oh well nobody everybody
everyone somebody someone because after before not in on at for one two three if or a an my our your his her all some
now here its aye monday tuesday wednesday thursday friday saturday sunday
"""
NOT_NAMES = frozenset(NO_NAMES.split())
BACK = 240  # characters in which "he" has a name before it
NAMED = re.compile(rf"\b{NAME}\b")


class Who(NamedTuple):
    """Who an account's teller is, where it stands, and who is who."""

    account: Account
    persons: Persons | None = None

    def teller(self) -> str:
        """The id of who tells, "" if nobody is known to."""
        return self.account.person.id if self.account.person else ""

    def named(self, said: str) -> str:
        """The id of who has a name, else the folded name; "" where it is none."""
        name = TITLE.sub("", folded(OWNED.sub("", said)))
        if not name or name in NOT_NAMES or name in lists().empty or all(is_number(w) for w in name.split()):
            return ""
        return meant(self.persons, self.account.source, name) if self.persons else name

    def meant(self, said: str, before: str = "") -> str:
        """Who is meant: the teller by "I" and "me", by "he" and "she" whoever was named last before, else a name."""
        low = said.casefold()
        if low in {"i", "me", "my", "mine", "my own", "i did", "myself"}:
            return self.teller()
        if low in {"he", "she", "him", "her", "his"}:
            found = [who for m in NAMED.finditer(before[-BACK:]) if (who := self.named(m[0]))]
            return found[-1] if found else ""
        return self.named(said)


def is_number(word: str) -> bool:
    """Whether a folded word is a number or a month, with which a sentence may begin."""
    return value(word) is not None or word in BIG or word in MONTHS


def parts(person: str) -> set[str]:
    """The words of an id or a folded name, without numbers."""
    return {w for w in re.split(r"[\s-]+", person) if not w.isdigit()}


def one_person(a: str, b: str) -> bool:
    """Whether two may be one person: the same, or one name is a part of the other, or its initials."""
    return bool(a and b) and (a == b or bool(parts(a) & parts(b)) or initials(a) == b or initials(b) == a)


def initials(person: str) -> str:
    """The first letters of an id or a folded name, as a transcript has them for a label."""
    return "".join(w[0] for w in re.split(r"[\s-]+", person) if w)
