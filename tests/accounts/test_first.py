from vivavoce.accounts import gather, passages
from vivavoce.model import Block, Cast, Known, Source


def test_an_article_without_quotations_is_told_by_itself() -> None:
    text = "The bridge at Corley Weir fell on the night of the fair, and forty boats were lost under its arches."
    source = Source("a.txt", "press", "txt", text, (Block("body", 0, len(text)),))
    found = passages(source, [], [], Cast("a.txt"), Known())
    assert [p.figure for p in found] == [None]
    moments = gather(found, [], Known())
    assert len(moments) == 1 and moments[0].accounts[0].person is None
