# ruff: noqa: E501 - what people say does not fit a line
"""A small history of our own invention, written as values: the last crossing of a ferry."""

from __future__ import annotations

from vivavoce.model import (
    Account,
    Block,
    Evidence,
    Happened,
    History,
    Media,
    Mention,
    Moment,
    Person,
    PersonRef,
    Place,
    Quote,
    Relation,
    Role,
    Source,
    Span,
    Trace,
    TracePlace,
    Turn,
    When,
    Withheld,
    digest,
    quote_id,
    slug,
)

INES, TOBIAS, ODILE, PIET, HANNA = "Ines Calloway", "Tobias Renn", "Odile Marsh", "Piet Lund", "Hanna Voss"


def ref(name: str) -> PersonRef:
    return PersonRef(slug(name), name)


def transcript(
    path: str, turns: list[tuple[str, float, str]], asks: str = "", media: tuple[Media, ...] = (), **about: str
) -> tuple[Source, list[Quote]]:
    """A transcript: turns of (speaker, seconds, words; a blank line parts paragraphs)."""
    text, made, places = "", [], []
    for i, (label, begin, words) in enumerate(turns):
        finish = turns[i + 1][1] if i + 1 < len(turns) else begin + 30
        spans: list[Span] = []
        for paragraph in words.split("\n\n"):
            spans.append((len(text), len(text) + len(paragraph)))
            text += paragraph + "\n"
        places.append(Place(spans[0][0], spans[-1][1], time=(begin, finish)))
        made.append(Turn(label, tuple(spans), spans[0][0], spans[-1][1], (begin, finish), label, label == asks))
    source = Source(
        path, "transcript", path.rsplit(".", 1)[-1], text, turns=tuple(made), places=tuple(places), media=media,
        interviewers=(asks,) if asks else (), blocks=(Block("speech", 0, len(text)),), language="en", **about,
    )  # fmt: skip
    quotes = [
        Quote(
            quote_id(path, text[t.spans[0][0] : t.spans[-1][1]]), path, "turn", t.spans, t.spans,
            " ".join(text[a:b] for a, b in t.spans), "speech", t.time, None, ref(t.label), None, 1.0, "turns",
            ("label",), i, t.asks,
        )
        for i, t in enumerate(made)
    ]  # fmt: skip
    return source, quotes


def press(
    path: str, blocks: list[tuple[str, str]], said: list[tuple[str, str, list[str]]], **about: str
) -> tuple[Source, list[Quote]]:
    """An article: blocks of (kind, text); `said`: (speaker, kind of quotation, fragments as they stand)."""
    text, made = "", []
    for kind, words in blocks:
        made.append(Block(kind, len(text), len(text) + len(words)))  # type: ignore[arg-type]
        text += words + "\n\n"
    source = Source(path, "press", path.rsplit(".", 1)[-1], text, tuple(made), language="en", **about)  # type: ignore[arg-type]
    quotes = []
    for who, kind, fragments in said:
        spans = tuple((text.index(f), text.index(f) + len(f)) for f in fragments)
        at = text.find(who.split()[-1], spans[-1][1])
        quotes.append(
            Quote(
                quote_id(path, " ".join(fragments)), path, kind, spans, spans, " ".join(fragments),  # type: ignore[arg-type]
                speaker=Mention(at, at + len(who.split()[-1]), who.split()[-1]) if at >= 0 else None,
                person=ref(who), confidence=0.9, engine="rules",
            )
        )  # fmt: skip
    return source, quotes


def telling(
    source: Source, quotes: list[Quote], who: str | None, *starts: str, to: dict[str, str] | None = None
) -> Account:
    """An account: the paragraphs (or quotations) of a source that begin with these words."""
    spans: list[Span] = []
    held: list[str] = []
    for begin in starts:
        at = source.text.index(begin)
        quote = next((q for q in quotes if q.spans[0][0] <= at < q.spans[-1][1]), None)
        if quote:
            spans.extend(s for s in quote.spans if s[0] >= at or s[0] <= at < s[1])
            held.extend([quote.id] if quote.id not in held else [])
        else:
            spans.append((at, source.text.index("\n", at)))
    first = next((q for q in quotes if q.id in held), None)
    return Account(
        digest("account", source.path, who or "", starts[0]), ref(who) if who else None, source.path,
        tuple(dict.fromkeys(spans)), tuple(held), first.time if first else None, source.date,
    )  # fmt: skip


def shows(source: Source, words: str) -> Evidence:
    at = source.text.index(words)
    return Evidence(source.path, at, at + len(words))


def history() -> History:
    """The whole: three interviews, two articles, a recording; five people, four moments."""
    ines, ines_q = transcript(
        "interviews/ines-calloway.vtt",
        [
            (PIET, 0.0, "Could you say who you are, and what you did on the boat?"),
            (INES, 6.2, "Ines Calloway. I was master of the Harrow ferry from ninety-one until the end. Before that I was mate under old Brandt, who taught me everything, including what not to say on the radio."),
            (PIET, 31.0, "Tell me about the last crossing. What was the weather like?"),
            (INES, 36.5, "Filthy. It was blowing seven from the south-west, and the forecast said it would drop, and it did not drop. I had forty-one passengers aboard. I counted them myself, twice, because I wanted to be able to say so one day, and here we are.\n\nPeople had brought flowers. You cannot imagine the state of the flowers. By the time we cleared the mole there were petals on the radar."),
            (PIET, 88.0, "And you stopped in the middle."),
            (INES, 91.3, "I stopped the engines over the Deeps for three minutes. Nobody had asked me to. My father drowned there, and Tobias's uncle, and I thought: if I don't do it now, there is never going to be another boat to do it from.\n\nIt wasn't a protest. People have said since that it was a protest. It was manners."),
            (PIET, 140.0, "Did you know that the council had already sold her?"),
            (INES, 144.8, "No. I read that in the Ledger on the Monday like everybody else. They'd sold her three weeks before. I'd have scuttled her at the quay."),
        ],
        asks=PIET, title="Ines Calloway, master of the ferry", date="2019-03-14", publisher="Harrow Voices",
        media=(Media("interviews/ines-calloway.wav"),),
    )  # fmt: skip
    tobias, tobias_q = transcript(
        "interviews/tobias-renn.srt",
        [
            (PIET, 0.0, "You were the deckhand that night."),
            (TOBIAS, 2.9, "I was the deckhand every night, for eleven years. That night I was also the choir, because nobody else knew the words. Ines Calloway does not sing."),
            (PIET, 14.0, "How many people were aboard?"),
            (TOBIAS, 16.4, "Sixty, easily. There were people sitting on the life-raft canisters. Ines will tell you it was forty-something because forty-eight was what we were allowed."),
            (PIET, 33.0, "She stopped the engines."),
            (TOBIAS, 35.5, "She did. Three minutes, over the Deeps. And I'm on the foredeck with my cap off and I'm thinking of my uncle, and I'm also thinking: the council's on the quay with a brass band, and they can see our lights, and our lights are not moving.\n\nOf course it was a protest. It was the best one I ever saw. Nobody shouted."),
            (PIET, 78.0, "What happened when you came alongside?"),
            (TOBIAS, 80.1, "The band had gone home. There was one trombone left, a girl, about fifteen. She played us in on her own. I still can't hear a trombone."),
        ],
        asks=PIET, title="Tobias Renn, deckhand", date="2019-04-02", publisher="Harrow Voices",
    )  # fmt: skip
    hanna, hanna_q = transcript(
        "podcasts/slack-water-07.vtt",
        [
            ("Host", 0.0, "This is Slack Water. I'm here with Hanna Voss, who was fifteen in the winter of the last ferry."),
            (HANNA, 9.0, "I was the trombone. That's how people introduce me, still. Not as a hydrographer. As the trombone."),
            ("Host", 20.0, "Why did you stay on the quay?"),
            (HANNA, 22.5, "The others were cold, and the bandmaster said that was that. And I looked out and I could see the boat standing still on the water with all her lights on, and I thought it was the most beautiful thing. I thought somebody had died. Then I thought, no, they are all in there being quiet together.\n\nSo I stayed. I only knew the one tune by heart and it was the wrong one. It was a carnival tune."),
        ],
        title="Slack Water 7: The trombone", date="2022-11-20", publisher="Slack Water",
    )  # fmt: skip
    ledger, ledger_q = press(
        "press/ledger-1998-12-07.html",
        [
            ("headline", "Harrow ferry makes last crossing after 112 years"),
            ("dek", "Council defends sale; skipper “was saying goodbye”"),
            ("byline", "By Edmund Pryce"),
            ("alt", "a ferry with her lights on in the dark"),
            ("caption", "The ferry off Harrow mole on Saturday night."),
            ("credit", "Photograph: Harrow Ledger archive"),
            ("body", "The Harrow ferry made her final crossing on Saturday night in a rising gale, with a full load of passengers and a cargo, according to her crew, consisting mostly of flowers. The vessel, built in the year of the great frost, had carried cattle, brides and mail."),
            ("body", "The boat lay stopped for some minutes in mid-channel. “She was saying goodbye, and she was entitled to,” said Odile Marsh, the leader of the council, who waited on the quay with members of the works committee. “I will not call that a demonstration.” Mrs Marsh denied that the sale of the vessel had been concluded in secret, and said that every paper had lain open in the town hall."),
            ("teaser", "READ MORE: Ten gardens to visit this spring"),
            ("body", "Asked how many had been aboard, Ms Marsh said the harbour office had “forty-eight, which is what she is licensed for.” The harbour office did not answer the telephone on Sunday, and its windows were dark when a reporter called."),
        ],
        [
            (ODILE, "direct", ["She was saying goodbye, and she was entitled to,", "I will not call that a demonstration."]),
            (ODILE, "mixed", ["forty-eight, which is what she is licensed for."]),
        ],
        title="Harrow ferry makes last crossing after 112 years", byline="Edmund Pryce", publisher="The Harrow Ledger",
        date="1998-12-07", address="https://ledger.example/1998/12/07/ferry",
    )  # fmt: skip
    echo, echo_q = press(
        "press/echo-2008.txt",
        [
            ("headline", "Ten years without a boat"),
            ("body", "“We sold her for less than the flowers cost,” Odile Marsh says now, pouring tea."),
            ("body", "She has had a decade to consider it. “I told Captain Calloway on the quay, that same night. I went up to her and said it to her face.”"),
            ("body", "Captain Calloway did not wish to be interviewed for this article, which is the work of several weeks and many cups of tea in kitchens on both sides of the water."),
        ],
        [
            (ODILE, "direct", ["We sold her for less than the flowers cost,"]),
            (ODILE, "direct", ["I told Captain Calloway on the quay, that same night. I went up to her and said it to her face."]),
        ],
        title="Ten years without a boat", byline="Clara Dunne", publisher="The Westerly Echo", date="2008-12",
        address="https://echo.example/ten-years",
    )  # fmt: skip
    tape = Source("tapes/brandt-1984.wav", "recording", "wav", title="Captain Brandt, 1984")
    stop = [
        telling(ines, ines_q, INES, "I stopped the engines", "It wasn't a protest"),
        telling(tobias, tobias_q, TOBIAS, "She did. Three minutes", "Of course it was"),
        telling(ledger, ledger_q, ODILE, "She was saying goodbye"),
        telling(hanna, hanna_q, HANNA, "The others were cold"),
        telling(ledger, ledger_q, None, "The boat lay stopped"),
    ]
    load = [
        telling(ines, ines_q, INES, "Filthy. It was", "People had brought"),
        telling(tobias, tobias_q, TOBIAS, "Sixty, easily."),
        telling(ledger, ledger_q, ODILE, "forty-eight, which"),
    ]
    sale = [
        telling(ines, ines_q, INES, "No. I read that"),
        telling(echo, echo_q, ODILE, "We sold her", "I told Captain"),
    ]
    quay = [telling(tobias, tobias_q, TOBIAS, "The band had gone"), telling(hanna, hanna_q, HANNA, "So I stayed")]
    alone = [telling(tobias, tobias_q, TOBIAS, "I was the deckhand every")]
    night = When(Happened("1998-12-05", None, "day", (shows(ledger, "on Saturday night"),)), 2)
    moments = (
        Moment(digest("m", "load"), "Flowers on the radar", ("The last crossing",), When(night.happened, 1), tuple(load), (
            Relation(load[0].id, load[1].id, "differ", "number of passengers", ("forty-one", "sixty"), (shows(ines, "forty-one passengers"), shows(tobias, "Sixty, easily")), 0.9),
            Relation(load[0].id, load[2].id, "differ", "number of passengers", ("forty-one", "forty-eight"), (shows(ines, "forty-one passengers"), shows(ledger, "forty-eight")), 0.9),
        )),
        Moment(digest("m", "stop"), "Three minutes over the Deeps", ("The last crossing",), night, tuple(stop), (
            Relation(stop[0].id, stop[1].id, "dispute", "whether it was a protest", ("manners", "a protest"), (shows(ines, "It was manners"), shows(tobias, "Of course it was a protest")), 0.8),
            Relation(stop[0].id, stop[1].id, "agree", "how long the engines stopped", ("three minutes", "three minutes"), (shows(ines, "for three minutes"), shows(tobias, "Three minutes")), 0.9),
        ), former=("0123456789ab",)),
        Moment(digest("m", "quay"), "One trombone", ("The last crossing",), When(night.happened, 3), tuple(quay)),
        Moment(digest("m", "sale"), "The boat is sold", (), When(Happened("1998-11", None, "month")), tuple(sale)),
        Moment(digest("m", "alone"), "Eleven years on deck", (), When(), tuple(alone)),
    )  # fmt: skip
    quotes = (*ines_q, *tobias_q, *hanna_q, *ledger_q, *echo_q)
    people = tuple(
        Person(slug(name), name, aliases, sum(q.person == ref(name) and not q.asks for q in quotes), roles, "person", "", ())
        for name, aliases, roles in (
            (INES, ("Captain Calloway",), (Role("job", title="master of the Harrow ferry", evidence=(shows(ines, "I was master of the Harrow ferry"),)),)),
            (TOBIAS, (), (Role("job", title="deckhand", work="the Harrow ferry", evidence=(shows(tobias, "I was the deckhand every night"),)),)),
            (ODILE, ("Mrs Marsh", "Ms Marsh"), (Role("job", title="leader of the council", evidence=(shows(ledger, "the leader of the council"),)),)),
            (HANNA, (), (Role("job", title="hydrographer", evidence=(shows(hanna, "As the trombone."),)), Role("plays", of="the trombone", work="the quay band"))),
            (PIET, (), (Role("job", title="interviewer", work="Harrow Voices"),)),
            ("Host", (), ()),
        )
    )  # fmt: skip
    direct = ledger_q[0]
    return History(
        "The Last Crossing", "2026-05-01", (ines, tobias, hanna, ledger, echo, tape), quotes, people, moments,
        (Trace(direct.id, ledger.path, direct.spans, direct.text, ODILE, "verbatim", hanna.path, places=(TracePlace(hanna.path, hanna_q[1].spans[0], hanna_q[1].time, HANNA),)),),
        withheld=(Withheld("passage", 2, "at the narrator’s request"), Withheld("source", 1)),
        subtitle="How Harrow lost its ferry, told by those who were aboard and those who were not",
        introduction="On the first Saturday of December 1998 the Harrow ferry crossed the channel for the last time.\n\nThis history is made of *five voices*. They do not agree, and nobody has made them. Read more at [Harrow Voices](https://voices.example/harrow).",
    )  # fmt: skip
