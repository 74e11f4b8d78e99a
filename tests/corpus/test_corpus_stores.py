"""Inputs that lie in a store: files that come in blocks, members of an archive, stores that do not answer."""

from __future__ import annotations

import gzip
import json
import zipfile

import fsspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from corpora import documents
from fsspec.implementations.memory import MemoryFileSystem
from fsspec.spec import AbstractBufferedFile
from tabled import command, made
from test_corpus_inputs import archive

from vivavoce.corpus.inputs import listed
from vivavoce.corpus.reading import documents as read
from vivavoce.corpus.shards import shards
from vivavoce.corpus.values import Fields

BODY = b"".join(json.dumps(d).encode() + b"\n" for d in documents(8))
IDS = [d["id"] for d in documents(8)]


class Blocks(AbstractBufferedFile):
    """A file as s3fs, gcsfs and adlfs open one."""

    def _fetch_range(self, start, end):
        return self.fs.cat_file(self.path, start, end)


class Far(MemoryFileSystem):
    """A store whose files come in blocks."""

    protocol = "far"
    store: dict = {}  # noqa: RUF012 - as its base has it
    pseudo_dirs = [""]  # noqa: RUF012

    @classmethod
    def _strip_protocol(cls, path):
        return super()._strip_protocol(path.replace("far://", "memory://"))

    def _open(self, path, mode="rb", **more):
        found = super()._open(path, mode, **more)
        return Blocks(self, path, size=found.size) if mode == "rb" else found


@pytest.fixture
def far():
    fsspec.register_implementation("far", Far, clobber=True)
    return fsspec.filesystem("far", skip_instance_cache=True)


def names(given, shard=0.0):
    return [d.problem or d.name for s in shards(listed(given), shard) for p in s.pieces for d in read(p, Fields())]


def parquet(tmp_path) -> bytes:
    pq.write_table(pa.Table.from_pylist(list(documents(8))), tmp_path / "news.parquet")
    return (tmp_path / "news.parquet").read_bytes()


@pytest.mark.parametrize("shard", [0.0, 0.002])
def test_files_that_come_in_blocks_are_read_like_any(tmp_path, far, shard):
    far.pipe({"/news/1.jsonl": BODY, "/news/2.jsonl.gz": gzip.compress(BODY), "/news/3.parquet": parquet(tmp_path)})
    far.pipe({"/news/4.warc.gz": archive(3)[0], "/news/5.txt": b"Dear Ida, it is late."})
    pages = [f"https://example.org/{n}" for n in range(3)]
    assert names(["far://news"], shard) == [*IDS * 3, *pages, "5.txt"]


def test_members_of_an_archive_in_a_store(tmp_path):
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as zipped:
        zipped.writestr("a/1.jsonl", BODY)
        zipped.writestr("a/2.jsonl.gz", gzip.compress(BODY))
        zipped.writestr("letter.txt", "Dear Ida, it is late.")
    at = f"file://{tmp_path}/all.zip"
    assert names([f"zip://*.txt::{at}"]) == ["letter.txt"]
    assert names([f"zip://a::{at}"]) == IDS * 2
    assert names([f"zip://::{at}"]) == [*IDS * 2, "letter.txt"]
    counts = made(f"zip://a/1.jsonl::{at}", tmp_path / "out")
    assert (counts["documents"], counts["problems"]) == (8, 0)


@pytest.mark.parametrize("frames", [1, 3])
def test_lines_packed_with_zstandard(tmp_path, frames):
    codec, each = pa.Codec("zstd"), BODY.splitlines(keepends=True)
    cut = [b"".join(each[n * 8 // frames : (n + 1) * 8 // frames]) for n in range(frames)]
    (tmp_path / "news.jsonl.zst").write_bytes(b"".join(codec.compress(part, asbytes=True) for part in cut))
    assert names([str(tmp_path / "news.jsonl.zst")]) == IDS


def test_a_store_that_does_not_answer_is_told_in_a_sentence(tmp_path):
    ran = command("corpus", "http://127.0.0.1:9/news.jsonl", "--out", "out", cwd=tmp_path)
    assert ran.returncode == 5
    assert "http://127.0.0.1:9/news.jsonl cannot be reached" in ran.stderr.decode()
    assert b"disk" not in ran.stderr


def test_a_store_that_fails_in_its_own_way_is_told_in_a_sentence(far, monkeypatch):
    class NoKey(Exception):
        """As botocore raises."""

    def fails(self, path):
        raise NoKey("Unable to locate credentials")

    monkeypatch.setattr(Far, "isdir", fails)
    from vivavoce.errors import VivavoceError

    with pytest.raises(VivavoceError, match=r"far://news cannot be reached: Unable to locate credentials"):
        listed(["far://news"])
