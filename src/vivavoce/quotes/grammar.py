"""The small words of English that the rules of reported speech lean on; the words that report are in the lexicon."""

from __future__ import annotations

from vivavoce.language.lexicon import words

BE = words("is are was were be been being 's 're get gets got")
HAVE = frozenset(["has", "have", "had", "having", "'ve", "'d"])
MODAL = words(
    "to do does did don't doesn't didn't will would can could may might should shall must cannot can't won't "
    "wouldn't couldn't 'll 'd i we you they who that which and or not also"
)
PREPOSITIONS = words(
    "of in at on for from with by about under over into through against between without within despite than "
    "like per via upon among amid toward towards during since until"
)
SUBJECTS = words("he she it they we i you who which one")
OBJECTS = words("the his her its their my our your him them it us me this that these those")
NOUNISH = words(
    "state rule post raise detail question answer name label brand report note call claim charge protest "
    "address attack comment plan show query object promise demand attribute fault knock plug pan poster tout "
    "float title bill trash hail bash rip credit signal review estimate propose remark reference host term "
    "style book tweet blog text email record ad fear hope worry doubt dream wish reason offer request "
    "challenge press order direct dare counsel appeal echo shout scream cry laugh sigh smile shrug grin bark"
)
AFTER_CONJUNCTION = words("when if once than as unless until though although while")
NAMING = words("call name dub title label brand bill term style nickname entitle")
WH = words("whether if how why what who when where which whom whose")
STOPS = frozenset([".", "!", "?", "…", "..."])
DASHES = frozenset(["—", "–", "--", "―", "-"])
PRONOUNS = SUBJECTS | frozenset(["me", "him", "her", "them", "us", "himself", "herself", "themselves"])
TIMES = words(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july "
    "august september october november december today yesterday tonight earlier later recently last next this "
    "morning afternoon evening night week month year ago jan feb aug sept oct nov dec"
)
OBJECT_STOPS = words("that whether how why what if to in on at during , : ;")
NP_STOPS = words(
    ", ; : — – -- ― ( ) ! ? during while after before when because although though since but until unless "
    "amid whereas if"
)
OCCASIONS = words(
    "statement interview speech letter email e-mail memo tweet post release briefing conference meeting "
    "debate hearing rally event article column op-ed report book filing court television tv twitter facebook "
    "instagram radio podcast call message video episode remarks newspaper magazine thread press appearance "
    "broadcast testimony lawsuit"
)
CLAUSE_STARTS = words(
    "he she it they we i you there this these those his her its their our my no some many most all the a an "
    "every each nobody everyone everything nothing if when what"
)
SUBORDINATE = words("after while when if as although though because since before whereas once unless")
CLAUSE_SUBJECTS = frozenset(["he", "she", "they", "we", "i", "there"])
TOLD = SUBJECTS | words("there his their how why what whether if")
NO_TAG = frozenset(["what", "how", "why", "if", "to"])
NOT_RESUMING = words("who which but and while as when with in according though although after before because citing")
NO_SUBJECT = SUBORDINATE | words("who which that whose where and or but much many some most both all so")
ASIDE = frozenset(["rule out", "forecast"])
ASKING = words("ask tell warn remind advise instruct order direct request") | {"plead with"}
FINITE = words(
    "is are was were has have had will would can could should may might must does did do isn't aren't wasn't "
    "weren't hasn't haven't hadn't won't wouldn't can't cannot couldn't shouldn't don't doesn't didn't it's "
    "he's she's they're there's that's we're i'm went came took got made said fell rose kept left lost won "
    "gave knew thought became began ran held met paid sent stood grew told saw did put let set cut i've we've "
    "they've he'd she'd they'd it'll he'll she'll they'll"
)
POSSIBLE = words("might could may")
SAYING = words("say sing repeat shout recite read write")
BY_HAND = words("pencil ink chalk crayon lipstick marker biro hand handwriting capitals letters")
SOMEBODY = words("anyone anybody someone somebody people")
IMAGINED = words("imagine imagines imagined picture pretend")
NEGATIONS = words("not never didn't doesn't don't nobody without")
ON = words("on in at by outside above over near beside under hanging pinned taped nailed")
HOW = words("before again twice once often aloud with like myself himself herself")
BARE = words("it this that him her them me us these those one")
HOLDING = words("with holding wearing carrying behind under beside made")
NOTHING = words("no yes so this that it nothing otherwise something anything")
HEARINGS = words("court inquest inquiry tribunal jury hearing meeting committee")
