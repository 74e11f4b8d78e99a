"""The seconds that a spaCy pipeline of the efficiency kind takes for the texts of a folder.

    python benchmarks/peers/spacy_speed.py FOLDER

Tagger, parser and names over one shared tok2vec (width 96, depth 4, as in the small English pipelines), with random
weights: the arithmetic is that of a trained one, and so is the speed. Prints words and seconds, start-up apart.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import spacy
from spacy.training import Example

WORDS = "Ida Fell said that the north gate stood open in March and whoever drove the crane left it so .".split()  # noqa: SIM905
LISTENER = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96, "upstream": "*"}
TOK2VEC = {
    "@architectures": "spacy.Tok2Vec.v2",
    "embed": {
        "@architectures": "spacy.MultiHashEmbed.v2",
        "width": 96,
        "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE"],
        "rows": [5000, 1000, 2500, 2500],
        "include_static_vectors": False,
    },
    "encode": {
        "@architectures": "spacy.MaxoutWindowEncoder.v2",
        "width": 96,
        "depth": 4,
        "window_size": 1,
        "maxout_pieces": 3,
    },
}


def pipeline() -> spacy.language.Language:
    """The pipeline, with as many labels as the small English ones have."""
    nlp = spacy.blank("en")
    nlp.add_pipe("tok2vec", config={"model": TOK2VEC})
    for name in ("tagger", "parser", "ner"):
        default = nlp.get_factory_meta(name).default_config["model"]
        nlp.add_pipe(name, config={"model": {**default, "tok2vec": LISTENER}})
    count = len(WORDS)
    said = [
        {
            "words": WORDS,
            "tags": [f"T{(i + shift) % 50}" for i in range(count)],
            "heads": [max(i - 1, 0) for i in range(count)],
            "deps": ["ROOT" if i == 0 else f"d{(i + shift) % 45}" for i in range(count)],
            "entities": ["O" if i % 3 else f"U-E{(i + shift) % 18}" for i in range(count)],
        }
        for shift in range(50)
    ]
    nlp.initialize(lambda: [Example.from_dict(nlp.make_doc(" ".join(WORDS)), one) for one in said])
    return nlp


def main() -> None:
    """Print words and seconds."""
    texts = [p.read_text("utf-8") for p in sorted(Path(sys.argv[1]).iterdir())]
    nlp = pipeline()
    begun = time.perf_counter()
    for _ in nlp.pipe(texts):
        pass
    print(sum(len(t.split()) for t in texts), time.perf_counter() - begun)


if __name__ == "__main__":
    main()
