"""A second small fictional archive: a lock-out at a biscuit factory, told by those on both sides of the gate, in the
mark-up of `harrow`; written to make trouble: two votes, two fires, two women of one surname, quotations that the papers
copy from one another, and differences of number, order, person and thing. The gold says what is to be found."""

from __future__ import annotations

from typing import NamedTuple

VERA = """Q: This is Vera Kitching, who was shop steward in the packing room at Lindwall's. Vera, how did the lock-out
begin?
Vera: With a notice. We came down Mill Lane on the Monday at ten to six in the morning, and the gate was chained, and
there was a sheet of paper in a plastic bag. It said the works was closed until further notice. Lionel Lindwall had
signed it. I've still got the bag.
Q: When did the first vote happen?
Vera: The same week. The Thursday, in the Methodist chapel, because nobody else would have us. It was a show of hands.
Q: How many hands?
Vera: Two hundred and twelve. Stan counted and I counted. Two hundred and twelve to stay out, under a text that said
Suffer the Little Children.
Q: You've told people about the lorry.
Vera: Well, everybody has. They tried to bring a lorry of flour through the gate, on the second Friday, it was barely
light. I lay down in the road. I lay down in front of the wheels in my good coat, and then Dot lay down, and then there
were nine of us in the road, like sardines.
Q: And how long did the lorry stand there?
Vera: Nearly an hour. The driver turned his engine off in the end and did his crossword.
Q: Lionel Lindwall offered you his hand at the end.
Vera: He did, on the steps, with the Echo's photographer there. I wouldn't take it. He'd starved babies for nine weeks
and now he wanted a picture. I refused it then and I'd refuse it tomorrow.
Q: He says it would have finished the bitterness.
Vera: He would say that. It was his bitterness.
Q: Was there ever a fire?
Vera: The brazier went over, the one at the gate, the night of the hail, and caught the shed with the banners. We lost
the big banner. Eleven months it took the ladies to sew it.
Q: What about the wedding?
Vera: Maureen's. My son married Maureen on the picket line, near enough. She came up Mill Lane to the chapel on a
coal cart with a goat pulling it. A goat! It ate the ribbon off the gate.
"""

STAN = """Q: Stan Obuya, you worked the number two oven. Do you remember the notice on the gate?
Stan: I was the one that read it aloud. It was the Tuesday, because the Monday was my sister's birthday and we worked
it. I read it aloud to them that had come without their glasses, and somebody at the back shouted, read it again.
Q: And the vote in the chapel?
Stan: The first vote. Yes. A fine hard floor, that chapel. We put it to them and the hands went up.
Q: How many was it?
Stan: A hundred and eighty-seven. I wrote it on a hymn sheet.
Q: Were you there when the lorry came?
Stan: I was there. The flour lorry. The women lay down in the road. It was Dot Anwell's idea, she says, lie down, he
won't drive over a cook. And she was first down.
Q: How long did it last?
Stan: Twenty-five minutes. Then Sergeant Pym had it back up Mill Lane.
Q: There was a fire in 1968, too.
Stan: In my oven. Number two. The chain jammed and the custard creams went round and round in there until they caught.
We had the oven out in six minutes with sand. There were two men burned, both on the hands, and old Mr Lindwall drove
them to the infirmary himself. I thought well of him for that.
Q: And how did it finish, the lock-out?
Stan: In the canteen, with the second vote. The fourth of May. That was not a show of hands, that was papers in a
biscuit tin, and the papers said go back. It was eleven votes in it. I had a drink after and I don't drink.
Q: Should they have gone back?
Stan: They were right to. There was children going to school with no dinner. I said it was right then and I stand by it.
"""

LIONEL = """Q: Mr Lindwall, whose decision was it to close the gates?
Lionel: That was my decision. My father had gone to bed with his chest and it was my decision, mine alone, I'd not have
it put on him.
Q: And the notice?
Lionel: I typed it myself. Two fingers. I hung it on the gate on the Sunday evening, the third of March, and I walked
home by the river so as not to meet anybody.
Q: Tell me about the flour lorry.
Lionel: Which one? There were three lorries. We sent three lorries of flour that Friday, and one got as far as the gate,
and the women lay down in front of it in the road.
Q: How long was it held?
Lionel: Oh, a matter of twenty minutes. I watched it from the office window with my watch in my hand.
Q: Would you have let it go on?
Lionel: You can't drive a lorry over a woman in a good coat.
Q: After the second vote, you offered Mrs Kitching your hand.
Lionel: On the steps of the office. She looked at it, and she put both of hers in her pockets. I think it would have
healed things, a handshake, that day. I think she was wrong, and I have thought so for forty years.
Q: The fire of 1968, what do you remember of it?
Lionel: I was a boy. I was nine years old and in bed. I remember the smell of burned custard creams in the whole of
Thornby, sweet and black. Three men were hurt in that oven, my father sat with them all night at the infirmary.
"""

DOT = """Q: Dot Anwell ran the canteen, and then she ran the picket's tea. Dot, what do you remember of the lorry?
Dot: I remember the road. Cold. I was the second, Vera was the first. People give it to me, and I've let them, but Vera
went down first, in that coat, and I thought, Dot, you can't stand here with an urn.
Q: How many of you were lying down?
Dot: Fourteen. I know because I poured fourteen teas lying down.
Q: How long did it stand there?
Dot: An hour, about. He did the crossword. He asked me a clue.
Q: And when the brazier went over?
Dot: Oh, the banner. The night of the hail. It was Harold Pym that knocked it, backing away from my urn, and the
sparks went in the shed and the banner was in there. He cried more than we did.
Q: You cooked for the wedding.
Dot: I did ninety dinners on two rings. Maureen Kitching in white on a cart, and the donkey with a hat on. It was a
donkey, I gave it a carrot. Anybody who tells you other than a donkey was in the chapel already.
Q: And the last vote, in the canteen?
Dot: In my biscuit tin. They counted it on my counter. Nineteen votes in it, nineteen, to go back. I'd have stayed out.
It was a terrible mistake to go back, I said so with my apron on, and I say so now.
"""

MAUREEN = """Q: You are Maureen Kitching. You married Vera's son in the seventh week.
Maureen: I did, in the chapel, the twentieth of April. My dad wouldn't lend his car to a Kitching, so I went up Mill
Lane on the coal cart. Behind a goat. It'd a bell on. I've a photograph, you can see the goat's behind.
Q: Did you know the sergeant, Harold Pym?
Maureen: He was my uncle. He came to the wedding in his uniform and stood outside and took his helmet off
to me.
Q: And the hooter? They say it sounded on the wedding day.
Maureen: Somebody sounded the works hooter as I came out. The gates were chained and the boiler was cold, and it went.
Nobody has ever said who. It went three times.
"""

PYM = """Q: Sergeant Pym, how many officers did you have on Mill Lane?
Harold: Six. They sent me six constables, and two of them had mothers in the packing room.
Q: On the morning of the lorry, what were your orders?
Harold: To see it through the gate. And there was a row of women lying down in the road, in the rain, and one of them
was pouring tea. I looked at that for twenty minutes, and I told the driver to go home. That was my decision. Nobody
ordered me to.
Q: The brazier. They say that you knocked it over.
Harold: Somebody did. There was hail the size of marbles and I'd my cape over my head. The sparks blew in the shed and
up went their banner. I went in after it and got a corner.
Q: Who sounded the hooter on the day of the wedding?
Harold: I couldn't say. It went once. I couldn't say who had a key to the boiler house and a niece getting married.
"""

ECHO_MARCH = """# Flour lorry turned back at Lindwall's gate

A lorry of flour for Lindwall's biscuit works was turned back on Mill Lane on Friday 15 March 1974 after women from the
packing room lay down in the road. Eleven women took part, the police said, and nobody was charged.

Sergeant Harold Pym, who was in charge, said: {Harold: There was tea being poured. I was not trained for tea.}

Vera Kitching, the shop steward, said: {Vera: We'll lie in that road till it has flowers on it.}

## Works closed since the fourth

The works has been closed since Monday 4 March, when a notice appeared on the gate. Lionel Lindwall, who signed it,
still defends the closing of the gates. {Lionel: There was no other way to make anybody sit down and talk,} he said.
"""

ECHO_MAY = """# Back to work by a biscuit tin

The workers of Lindwall's will go back on Monday. By 141 votes to 130, cast in a biscuit tin in the works canteen on
4 May 1974, they ended nine weeks of lock-out.

Dot Anwell, the cook, whose tin it was, was against it. {Dot: They have voted for gravy,} she said.

## A hand is not taken

On the office steps afterwards Lionel Lindwall held out his hand to Vera Kitching, who refused it. {Vera: I have had
nine weeks of his hand,} she said.
"""

MAGAZINE = """# Nine weeks on Mill Lane

Forty years after the lock-out at Lindwall's, Thornby still argues about it.

## The row in the road

{Vera: We'll lie in that road till it has flowers on it,} Vera Kitching told the Echo on the morning of the flour lorry,
and lay down. Dot Anwell says that she was not the first. {Dot: I thought, Dot, you can't stand here with an urn,} she
says.

## The hand

Lionel Lindwall is still sorry about the handshake on the steps. {Lionel: I put my hand out and it stayed out. It's
still out,} he says.

## The beast

What pulled the coal cart on the day of Maureen Kitching's wedding is not settled. {Maureen: A goat. With a bell,} says
the bride.
"""

TRANSCRIPTS = {
    "dot.txt": DOT,
    "lionel.txt": LIONEL,
    "maureen.txt": MAUREEN,
    "pym.txt": PYM,
    "stan.txt": STAN,
    "vera.txt": VERA,
}
ARTICLES = {"echo-march.txt": ECHO_MARCH, "echo-may.txt": ECHO_MAY, "magazine.txt": MAGAZINE}
CALLED = {
    "Vera": "Vera Kitching",
    "Stan": "Stan Obuya",
    "Lionel": "Lionel Lindwall",
    "Dot": "Dot Anwell",
    "Maureen": "Maureen Kitching",
    "Harold": "Harold Pym",
}
DATES = {f"{name.lower()}.txt": "2013" for name in ("dot", "lionel", "maureen", "pym", "stan", "vera")} | {
    "echo-march.txt": "1974-03-16",
    "echo-may.txt": "1974-05-06",
    "magazine.txt": "2014-03-01",
}

Told = tuple[str, str]

MOMENTS: dict[str, tuple[Told, ...]] = {
    "notice": (
        ("vera.txt", "there was a sheet of paper in a plastic bag"),
        ("stan.txt", "I was the one that read it aloud"),
        ("lionel.txt", "I typed it myself"),
        ("echo-march.txt", "a notice appeared on the gate"),
    ),
    "first vote": (
        ("vera.txt", "in the Methodist chapel"),
        ("vera.txt", "Two hundred and twelve. Stan"),
        ("stan.txt", "A fine hard floor"),
        ("stan.txt", "A hundred and eighty-seven"),
    ),
    "lorry": (
        ("vera.txt", "I lay down in the road"),
        ("vera.txt", "Nearly an hour"),
        ("stan.txt", "The women lay down in the road"),
        ("stan.txt", "Twenty-five minutes"),
        ("lionel.txt", "There were three lorries"),
        ("lionel.txt", "a matter of twenty minutes"),
        ("dot.txt", "I was the second"),
        ("dot.txt", "An hour, about"),
        ("pym.txt", "To see it through the gate"),
        ("echo-march.txt", "A lorry of flour"),
        ("echo-march.txt", "There was tea being poured"),
        ("magazine.txt", "We'll lie in that road"),
        ("magazine.txt", "you can't stand here with an urn"),
    ),
    "hand": (
        ("vera.txt", "I wouldn't take it"),
        ("lionel.txt", "On the steps of the office"),
        ("echo-may.txt", "held out his hand"),
        ("echo-may.txt", "nine weeks of his hand"),
        ("magazine.txt", "I put my hand out"),
    ),
    "brazier": (
        ("vera.txt", "The brazier went over"),
        ("dot.txt", "backing away from my urn"),
        ("pym.txt", "There was hail"),
    ),
    "oven": (("stan.txt", "The chain jammed"), ("lionel.txt", "nine years old and in bed")),
    "wedding": (
        ("vera.txt", "A goat!"),
        ("dot.txt", "ninety dinners on two rings"),
        ("maureen.txt", "Behind a goat"),
        ("magazine.txt", "A goat. With a bell"),
    ),
    "hooter": (("maureen.txt", "It went three times"), ("pym.txt", "It went once")),
    "second vote": (
        ("stan.txt", "papers in a"),
        ("dot.txt", "Nineteen votes in it"),
        ("echo-may.txt", "By 141 votes to 130"),
        ("echo-may.txt", "They have voted for gravy"),
    ),
}
APART = (("first vote", "second vote"), ("brazier", "oven"), ("lorry", "wedding"), ("hand", "lorry"))


class Related(NamedTuple):
    """A relation to be found: its type, and the words on both sides."""

    type: str
    a: Told
    b: Told


RELATIONS = (
    Related("differ", ("vera.txt", "on the Monday"), ("stan.txt", "the Tuesday")),
    Related("differ", ("lionel.txt", "the Sunday evening"), ("stan.txt", "the Tuesday")),
    Related("differ", ("vera.txt", "on the Monday"), ("lionel.txt", "the Sunday evening")),
    Related("differ", ("vera.txt", "Two hundred and twelve"), ("stan.txt", "A hundred and eighty-seven")),
    Related("differ", ("vera.txt", "Nearly an hour"), ("stan.txt", "Twenty-five minutes")),
    Related("differ", ("vera.txt", "Nearly an hour"), ("lionel.txt", "twenty minutes")),
    Related("differ", ("vera.txt", "Nearly an hour"), ("pym.txt", "twenty minutes")),
    Related("differ", ("dot.txt", "An hour, about"), ("stan.txt", "Twenty-five minutes")),
    Related("differ", ("dot.txt", "An hour, about"), ("lionel.txt", "twenty minutes")),
    Related("differ", ("dot.txt", "An hour, about"), ("pym.txt", "twenty minutes")),
    Related("agree", ("dot.txt", "An hour, about"), ("vera.txt", "Nearly an hour")),
    Related("agree", ("lionel.txt", "twenty minutes"), ("pym.txt", "twenty minutes")),
    Related("differ", ("vera.txt", "nine of us"), ("dot.txt", "Fourteen")),
    Related("differ", ("vera.txt", "nine of us"), ("echo-march.txt", "Eleven women")),
    Related("differ", ("dot.txt", "Fourteen"), ("echo-march.txt", "Eleven women")),
    Related("differ", ("dot.txt", "Vera was the first"), ("stan.txt", "she was first down")),
    Related("differ", ("stan.txt", "two men burned"), ("lionel.txt", "Three men were hurt")),
    Related("differ", ("vera.txt", "A goat!"), ("dot.txt", "donkey")),
    Related("differ", ("dot.txt", "donkey"), ("maureen.txt", "Behind a goat")),
    Related("differ", ("dot.txt", "donkey"), ("magazine.txt", "A goat")),
    Related("agree", ("vera.txt", "A goat!"), ("maureen.txt", "Behind a goat")),
    Related("agree", ("vera.txt", "A goat!"), ("magazine.txt", "A goat. With a bell")),
    Related("agree", ("lionel.txt", "that Friday"), ("echo-march.txt", "on Friday 15 March")),
    Related("differ", ("maureen.txt", "three times"), ("pym.txt", "It went once")),
    Related("differ", ("stan.txt", "eleven votes"), ("dot.txt", "Nineteen votes")),
    Related("agree", ("stan.txt", "fourth of May"), ("echo-may.txt", "4 May")),
    Related("dispute", ("vera.txt", "I refused it then"), ("lionel.txt", "I think she was wrong")),
    Related("dispute", ("stan.txt", "I stand by it"), ("dot.txt", "a terrible mistake")),
    Related("dispute", ("stan.txt", "I stand by it"), ("echo-may.txt", "They have voted for gravy")),
)
