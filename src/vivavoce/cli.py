"""The command line: parse, call, print."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from vivavoce import errors
from vivavoce.printing import (
    class_of,
    clock,
    compared_words,
    csv_table,
    explanations,
    grounds_told,
    json_lines,
    say,
    shortened,
    table,
)

if TYPE_CHECKING:
    from vivavoce.build import Built
    from vivavoce.desk import Written
    from vivavoce.listing import Listed
    from vivavoce.model import Channel, Moment, Quote, Trace
    from vivavoce.project import Project

app = typer.Typer(
    name="vivavoce",
    help="Interviews, podcasts and press coverage become an oral history whose every quoted line can be traced.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
decide = typer.Typer(
    help="One decision of yours, kept for good in decisions.jsonl and applied in every build.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(decide, name="decide")

Folder = Annotated[Path, typer.Argument(help="The project, or any folder of sources.", show_default="here")]
In = Annotated[Path, typer.Option("--in", help="The project.", show_default="here")]
By = Annotated[str, typer.Option("--by", help="Who decides.", show_default="your login name")]
Out = Annotated[
    Path | None,
    typer.Option("--out", help="Where to make the project of a folder that is not one.", show_default="NAME-history"),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object a line.")]
AsCsv = Annotated[bool, typer.Option("--csv", help="Print a table as CSV.")]
Day = Annotated[
    str,
    typer.Option(
        "--on", metavar="DATE", help="The day of publication, by which rights are judged.", show_default="today"
    ),
]
Strict = Annotated[bool, typer.Option("--strict", help="Exit with 5 instead of 3 when a source cannot be read.")]
Engine = Annotated[
    str,
    typer.Option(
        "--engine", help="Who says who said it: best, rules, learned, nobody or another.", show_default="best"
    ),
]
HERE = Path()
INTERRUPTED = 130  # what newer releases of typer make of Ctrl-C
TRACE = ("how", "words", "who", "said by", "in", "at")


def main(args: list[str] | None = None) -> None:
    """Run the command line; ends with SystemExit and the exit code. Never a traceback for bad input."""
    gc.set_threshold(
        100_000, 50, 100
    )  # what is read is values without cycles: looking for some took a tenth of the time
    try:
        code = app(args, standalone_mode=False)
        if code == INTERRUPTED:
            raise KeyboardInterrupt
        sys.stdout.flush()
    except errors.VivavoceError as e:
        say(str(e))
        code = e.code
    except typer.Exit as e:
        code = e.exit_code
    except BrokenPipeError:
        # The reader of our output has gone (`| head`): that is no fault, but Python would complain at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = errors.DONE
    except (KeyboardInterrupt, typer.Abort):
        say("Stopped. What was read so far is kept; the same command goes on from there.")
        code = errors.NOT_DONE
    except Exception as e:
        code = _other(e)
    raise SystemExit(code or 0)


def _other(e: Exception) -> int:
    """Whatever else went wrong, in a sentence: what typer says of a wrong option, the disk, or a fault of ours."""
    show = getattr(e, "show", None)
    if show and hasattr(e, "exit_code"):  # what typer says of a wrong option
        show()
        return int(e.exit_code)
    if isinstance(e, OSError):
        say(f"{e.filename or 'The disk'}: {e.strerror or e}. Check the disk and your rights, then try again.")
        return errors.NOT_DONE
    if os.environ.get("VIVAVOCE_DEBUG"):
        raise e
    say(f"Vivavoce has a fault: {type(e).__name__}: {e}. Nothing of yours is lost; VIVAVOCE_DEBUG=1 shows where it is.")
    return errors.NOT_DONE


# --- making a history --------------------------------------------------------------------------------------


@app.command()
def new(folder: Annotated[Path, typer.Argument(help="The folder to make.")]) -> None:
    """Make a project to start from: vivavoce.toml with comments that teach, sources/ and pictures/."""
    from vivavoce.project import write_new
    from vivavoce.telling import typed

    write_new(folder)
    say(f"“{folder}” is made. Next, bring in interviews and articles: vivavoce add PATH… --in {typed(folder)}")


@app.command()
def add(
    paths: Annotated[list[Path], typer.Argument(help="Files or folders: transcripts, articles, recordings, a ZIP.")],
    folder: Annotated[
        Path, typer.Option("--in", help="The project, or a folder within its sources.", show_default="here")
    ] = HERE,
    strict: Strict = False,
    json: AsJson = False,
) -> None:
    """Copy files into the sources of a project, each with its sidecar and recordings; nothing is overwritten."""
    from vivavoce import adding, telling

    rows = adding.add(folder, paths)
    if json:
        json_lines(rows)
    for sentence in (*(telling.added(row) for row in rows if row.done != "left"), *telling.all_added(rows, folder)):
        say(sentence)
    if any(row.done == "refused" for row in rows):
        raise typer.Exit(errors.NOT_DONE)
    unread = [row for row in rows if row.unread]
    raise typer.Exit((errors.NOT_DONE if strict else errors.SOME_UNREADABLE) if unread else errors.DONE)


@app.command()
def build(folder: Folder = HERE, out: Out = None, on: Day = "", strict: Strict = False, json: AsJson = False) -> None:
    """Go the whole way, from the sources to the site; only what changed is done again."""
    day = _day(on)
    project, built = _updated(folder, out)
    from vivavoce.build import doubts, publish

    site, _ = publish(project, day)
    for doubt, _ in doubts(project, day):
        say(doubt)
    if json:
        json_lines([built])
    total = "1 source" if built.total == 1 else f"{built.total} sources"
    say(f"{total}, {built.read} read anew. The site: {_near(site / 'index.html')}")
    raise typer.Exit(_told(built, strict))


@app.command()
def serve(
    folder: Folder = HERE,
    port: Annotated[int, typer.Option(help="The port on 127.0.0.1; 0 takes a free one.")] = 8420,
    on: Day = "",
    site: Annotated[bool, typer.Option("--site", help="Show the published site instead.")] = False,
    browser: Annotated[bool, typer.Option("--open/--no-open", help="Open it in your browser.")] = False,
    by: By = "",
) -> None:
    """Build, and open the workbench on this machine only (127.0.0.1), until you press Ctrl-C."""
    day = _day(on)
    project, built = _updated(folder, None)
    _told(built, False)
    name = "site" if site else "workbench"

    def started(address: str) -> None:
        say(f"The {name} is at {address} (Ctrl-C ends it).")
        if browser:
            import webbrowser

            webbrowser.open(address)

    if site:
        from vivavoce.build import publish
        from vivavoce.serve import forever

        forever(publish(project, day)[0], port, started)
    else:
        from vivavoce.workbench import forever as work

        work(project, day, _by(by), port, started)


@app.command()
def check(
    folder: Folder = HERE,
    on: Day = "",
    json: AsJson = False,
    clearance: Annotated[bool, typer.Option("--clearance", help="Only which lines are to be cleared yet.")] = False,
) -> None:
    """Check every published line against its source and the rights, and every decision against its words."""
    day = _day(on)
    project, built = _updated(folder, None)
    if clearance:
        raise typer.Exit(_uncleared(project, day, json))
    from vivavoce.check import faults

    found = faults(project, day, built)
    if json:
        json_lines(found)
    else:
        for fault in found:
            say(fault.sentence)
    lost = any(fault.fails for fault in found)
    say("Something must not be published as it is." if lost else "Every published line stands in its source.")
    raise typer.Exit(errors.CHECK_FAILED if lost else errors.DONE)


@app.command()
def draft(
    folder: Folder = HERE,
    on: Day = "",
    every: Annotated[bool, typer.Option("--all", help="Also moments that only one person tells of.")] = False,
) -> None:
    """Arrange the moments as a first book.md, or propose beside yours what it lacks; yours is never touched."""
    day = _day(on)
    project, built = _updated(folder, None)
    from vivavoce.binding import draft

    path, chapters = draft(project, day, every)
    if path is None:
        say("There is no moment to arrange that book.md lacks. --all takes those that only one person tells of too.")
    else:
        count = "1 chapter" if chapters == 1 else f"{chapters} chapters"
        say(f"{count} in {_near(path)}. Arrange them in any editor; then: vivavoce book --to pdf")
    raise typer.Exit(_unread(built.problems, False))


@app.command()
def book(
    folder: Folder = HERE,
    to: Annotated[str, typer.Option("--to", help="The edition: pdf, epub, docx or html.")] = "pdf",
    on: Day = "",
) -> None:
    """Make an edition of book.md in out/, every line held against its source first."""
    day = _day(on)
    project, built = _updated(folder, None)
    from vivavoce.binding import bind

    bound = bind(project, day, to)
    for told in bound.told:
        say(told)
    say(f"{bound.blocks} passages, each compared with its source. The book: {_near(Path(bound.file))}")
    raise typer.Exit(_unread(built.problems, False))


@app.command("review-pack")
def review_pack(
    person: Annotated[str, typer.Argument(help="The narrator's id or name.")], folder: Folder = HERE, on: Day = ""
) -> None:
    """Write what a narrator is sent to clear: their words as the book prints them, on one page to read or print."""
    day = _day(on)
    project, built = _updated(folder, None)
    from vivavoce.reviewing import pack

    path, passages = pack(project, person, day)
    count = "1 passage" if passages == 1 else f"{passages} passages"
    say(f"{count} in {_near(path)}. What they answer is kept by: vivavoce decide clear, vivavoce decide refuse")
    raise typer.Exit(_unread(built.problems, False))


@app.command()
def export(
    folder: Folder = HERE,
    to: Annotated[str, typer.Option("--to", help="The form: jsonl, csv, web-annotation, vtt or csl.")] = "jsonl",
    on: Day = "",
) -> None:
    """Export quotations, people, moments, relations and traces, subtitles or citations, into out/."""
    day = _day(on)
    project, built = _updated(folder, None)
    from vivavoce.exporting import export

    made, files = export(project, day, to)
    say(f"{files} files in {_near(made)}")
    raise typer.Exit(_unread(built.problems, False))


# --- listings ----------------------------------------------------------------------------------------------


@app.command()
def quotes(
    paths: Annotated[list[Path], typer.Argument(help="Files or folders; a project's folder gives its quotations.")],
    json: AsJson = False,
    csv: AsCsv = False,
    on: Day = "",
    strict: Strict = False,
    engine: Engine = "",
    explain: Annotated[
        str, typer.Option(metavar="QUOTE", help="For one quotation (its id or words of it): who else, and why not.")
    ] = "",
) -> None:
    """List the quotations in files or folders: the words, who said them, where. No project is needed."""
    from vivavoce.listing import explained, quotations

    _one_form(json, csv)
    if explain:
        channel = "export" if json else "workbench"
        shown, problems = explained(paths, explain, channel, _day(on), engine, _waiting)  # type: ignore[arg-type]
        json_lines(shown) if json else explanations(shown)
        raise typer.Exit(_unread(problems, strict))
    found, problems = quotations(paths, "export" if json or csv else "workbench", _day(on), engine, _waiting)
    columns = ("who", "words", "kind", "source", "at", "confidence")
    _listing(found, columns, _quote_row, 1, json, csv)
    raise typer.Exit(_unread(problems, strict))


@app.command()
def sources(
    path: Annotated[Path, typer.Argument(help="A project, or any folder, file or ZIP.", show_default="here")] = HERE,
    json: AsJson = False,
    csv: AsCsv = False,
    on: Day = "",
    strict: Strict = False,
) -> None:
    """List what was read as what: kind, speakers, date, words, time, and what to mend. No project is needed."""
    from vivavoce import telling
    from vivavoce.inventory import inventory

    _one_form(json, csv)
    found = inventory(path, "export" if json or csv else "workbench", _day(on), _waiting)
    if json:
        json_lines(found.rows)
    elif csv:
        csv_table(telling.COLUMNS, map(telling.cells, found.rows))
    else:
        table(("source", "read as", "who", "what there is"), map(telling.row, found.rows), 0, 18)
    for sentence in telling.inventoried(found, path):
        say(sentence)
    raise typer.Exit((errors.NOT_DONE if strict else errors.SOME_UNREADABLE) if found.unread else errors.DONE)


@app.command()
def text(path: Annotated[Path, typer.Argument(help="A source.")], on: Day = "") -> None:
    """Print exactly the text that offsets refer to, with no newline added; what is withheld as blocks."""
    from vivavoce import listing

    shown = listing.text(path, _day(on))
    sys.stdout.buffer.write(shown.encode("utf-8", "surrogatepass"))
    sys.stdout.buffer.flush()


@app.command()
def people(folder: Folder = HERE, json: AsJson = False, csv: AsCsv = False, on: Day = "") -> None:
    """List the people of a history: names, roles, how many quotations, and who a speaker without a name may be."""
    from msgspec import to_builtins

    from vivavoce import listing

    shown, code = _history(folder, json, csv, on)
    found = listing.people(shown)
    values = [to_builtins(x.person) | {"unnamed": x.unnamed, "proposed": to_builtins(x.proposed)} for x in found]
    _listing(values if json else found, ("name", "roles", "also", "quotes", "speaker", "id"), _person_row, 1, json, csv)
    raise typer.Exit(code)


@app.command()
def moments(
    folder: Folder = HERE,
    json: AsJson = False,
    csv: AsCsv = False,
    on: Day = "",
    explain: Annotated[
        str, typer.Option(metavar="MOMENT", help="For one moment (its id or title): why its accounts are together.")
    ] = "",
) -> None:
    """List the moments of a history: what happened, who tells it, where accounts differ."""
    shown, code = _history(folder, json, csv, on)
    if explain:
        from vivavoce.listing import grounds

        found = grounds(shown, explain)
        json_lines(found) if json else grounds_told(found, {s.path: s.text for s in shown.sources})
        raise typer.Exit(code)
    _listing(shown.moments, ("moment", "told by", "accounts", "relations", "id"), _moment_row, 0, json, csv)
    raise typer.Exit(code)


@app.command()
def works(
    folder: Folder = HERE,
    json: AsJson = False,
    csv: AsCsv = False,
    on: Day = "",
    facts: Annotated[bool, typer.Option("--facts", help="The facts, one a line: work, value, source.")] = False,
    times: Annotated[
        bool, typer.Option("--times", help="The times told from something else, one a line: “a week before …”.")
    ] = False,
) -> None:
    """List the works of a history and their parts (series, season, episode, film, book …) and what is told of them."""
    from vivavoce.listing import works_told
    from vivavoce.telling import fact_row, time_row, work_row

    if facts and times:
        raise errors.UsageError("--facts and --times cannot both be listed. Give one.")
    shown, code = _history(folder, json, csv, on)
    by_id = {e.id: e for e in shown.catalogue.works}
    if facts:
        columns = ("work", "kind", "value", "words", "source", "told", "at")
        _listing(shown.catalogue.facts, columns, lambda f: fact_row(f, by_id), 3, json, csv)
    elif times:
        columns = ("time", "told from", "of", "happened", "source", "told", "at")
        _listing(shown.catalogue.offsets, columns, lambda o: time_row(o, by_id), 0, json, csv)
    else:
        columns = ("work", "kind", "date", "facts", "named", "moments", "id")
        _listing(works_told(shown), columns, lambda w: work_row(w, by_id, csv), 3, json, csv)
    raise typer.Exit(code)


@app.command()
def traces(
    folder: Folder = HERE,
    book: Annotated[bool, typer.Option("--book", help="Also each line of book.md.")] = False,
    json: AsJson = False,
    csv: AsCsv = False,
    on: Day = "",
) -> None:
    """List where each quotation of the press was said in the recordings, and whether in these words."""
    from vivavoce import binding, telling

    shown, code = _history(folder, json, csv, on)
    lines = binding.followed(_open(folder, None), shown) if book else ()
    if nothing := telling.untraceable(shown):
        say(nothing)
    if lines or not nothing:
        _listing((*shown.traces, *lines), TRACE, _trace_row, 1, json, csv)
    raise typer.Exit(code)


@app.command()
def trace(
    words: Annotated[
        str, typer.Argument(help="The words to look for; with --file, the project.", show_default="")
    ] = "",
    folder: Annotated[
        Path | None, typer.Argument(help="The project, or any folder of sources.", show_default="here")
    ] = None,
    file: Annotated[Path | None, typer.Option(help="An article (or ZIP): each of its quotations.")] = None,
    who: Annotated[str, typer.Option(metavar="NAME", help="Who is named as the speaker of the words.")] = "",
    json: AsJson = False,
    csv: AsCsv = False,
    html: Annotated[Path | None, typer.Option(metavar="PAGE", help="Write the comparison as one page.")] = None,
    on: Day = "",
    strict: Strict = False,
) -> None:
    """Look for words, or a file's quotations, in a project's recordings: said, by whom, and in these words?"""
    from vivavoce import telling, tracing

    day = _day(on)
    _one_form(json, csv)
    if file and ((words and folder) or who):
        raise errors.UsageError("--file takes no words and no --who: the file says them. Give the project alone.")
    if not file and not words.strip():
        raise errors.UsageError("There are no words to look for. Give some, or a file with --file.")
    project, built = _updated((Path(words) if words else HERE) if file else folder or HERE, None)
    channel: Channel = "export" if json or csv or html else "workbench"
    look = partial(tracing.file, project, file) if file else partial(tracing.words, project, words, who)
    found = look(channel, day)
    if html:
        from vivavoce.site import comparison

        comparison.write(html, found.shown, found.traces, file.name if file else words)
        say(f"The comparison: {_near(html)}")
    if json or csv or (found.traces and not html):
        _listing(found.traces, TRACE, _trace_row, 1, json, csv)
    if not (json or csv or html):
        compared_words([t for t in found.traces if not file or t.cls != "verbatim" or t.frames], found.texts)
    for sentence in telling.traced(found.shown, len(found.traces)):
        say(sentence)
    raise typer.Exit(_unread((*built.problems, *found.problems), strict))


@app.command()
def search(
    words: Annotated[str, typer.Argument(help='Words that must all occur; "a phrase"; a beginning: wor*')],
    folder: Folder = HERE,
    json: AsJson = False,
    csv: AsCsv = False,
    on: Day = "",
    limit: Annotated[int, typer.Option(min=1, help="How many hits at most.")] = 20,
) -> None:
    """Search text and quotations; every hit with its source, its speaker and its time."""
    day = _day(on)
    _one_form(json, csv)
    project, built = _updated(folder, None)
    from vivavoce.build import found

    hits = found(project, words, day, limit)
    columns = ("who", "words", "source", "at")
    _listing(hits, columns, _hit_row, 1, json, csv)
    if not hits:
        say(f"Nothing found for: {words}")
    raise typer.Exit(_unread(built.problems, False))


# --- a corpus ----------------------------------------------------------------------------------------------


Field = partial(typer.Option, metavar="NAME", show_default="the usual names")


@app.command()
def corpus(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT...", help="Files, folders, patterns or s3://…: JSON Lines, Parquet, WARC, any source."
        ),
    ],
    out: Annotated[Path, typer.Option("--out", metavar="FOLDER", help="Where the tables go.")],
    tables: Annotated[
        str, typer.Option(help="How far to go: quotes, people or moments, each with those before.")
    ] = "moments",
    where: Annotated[
        str, typer.Option("--on", metavar="PLACE", help="Where to work: here, or dask://HOST:PORT.")
    ] = "here",
    processes: Annotated[
        int, typer.Option(min=0, help="How many processes to work in here.", show_default="one a processor")
    ] = 0,
    transcripts: Annotated[
        list[str] | None,
        typer.Option(metavar="INPUT", help="Transcripts in which the quotations are looked for; once or oftener."),
    ] = None,
    engine: Engine = "",
    text_field: Annotated[str, Field(help="The field that holds the text.")] = "",
    id_field: Annotated[str, Field(help="The field by which a document is called.")] = "",
    url_field: Annotated[str, Field(help="The field of its address.")] = "",
    date_field: Annotated[str, Field(help="The field of its date.")] = "",
    title_field: Annotated[str, Field(help="The field of its title.")] = "",
    text: Annotated[bool, typer.Option("--text", help="Keep each text in the table of documents.")] = False,
    seconds: Annotated[float, typer.Option(min=0.1, max=99_999, help="How long one document may take.")] = 60.0,
    memory: Annotated[
        int, typer.Option(min=64, max=9_999_999, metavar="MIB", help="How much memory one document may take.")
    ] = 2048,
    shard: Annotated[
        float,
        typer.Option(
            min=0, max=99_999, metavar="MIB", help="How much input makes one part.", show_default="by the whole"
        ),
    ] = 0.0,
    day: Annotated[
        str, typer.Option("--day", metavar="DATE", help="The day by which rights are judged.", show_default="today")
    ] = "",
    strict: Strict = False,
) -> None:
    """Turn millions of documents into Parquet tables of quotations, people and moments; stopped, it goes on."""
    from vivavoce.corpus import Fields, Settings, extract, told

    fields = Fields(text_field, id_field, url_field, date_field, title_field)
    limits = {"seconds": seconds, "memory": memory}
    day = day and _day(day, "--day")
    settings = Settings(tables, engine or "best", fields, day=day, shard=shard, text=text, **limits)  # type: ignore[arg-type]
    counts = extract(inputs, out, settings, where, processes, transcripts or ())
    for sentence in told(counts, out):
        say(sentence)
    code = errors.NOT_DONE if strict else errors.SOME_UNREADABLE
    raise typer.Exit(code if counts.get("problems") else errors.DONE)


# --- decisions ---------------------------------------------------------------------------------------------

QuoteId = Annotated[str, typer.Argument(help="A quotation's id, or words of it.")]
PersonId = Annotated[str, typer.Argument(help="A person's id or name.")]
SourcePath = Annotated[str, typer.Argument(help="A source's path, or the end of it.")]
MomentId = Annotated[str, typer.Argument(help="A moment's id.")]


@decide.command()
def speaker(
    quote: QuoteId,
    name: Annotated[str, typer.Argument(help="Who said it; - for nobody known.")],
    folder: In = HERE,
    by: By = "",
) -> None:
    """Say who said a quotation."""
    from vivavoce import desk

    _kept(desk.speaker(desk.sat(_open(folder)), quote, None if name == "-" else name, _by(by)))


@decide.command("not-a-quotation")
def not_a_quotation(quote: QuoteId, folder: In = HERE, by: By = "") -> None:
    """Say that something is not a quotation of anybody."""
    from vivavoce import desk

    _kept(desk.not_a_quotation(desk.sat(_open(folder)), quote, _by(by)))


@decide.command()
def kind(
    quote: QuoteId,
    kind: Annotated[str, typer.Argument(help="direct, mixed, indirect; a turn of a talk: asks, answers.")],
    folder: In = HERE,
    by: By = "",
) -> None:
    """Say of what kind a quotation is, or whether a turn asks."""
    from vivavoce import desk

    _kept(desk.kind(desk.sat(_open(folder)), quote, kind, _by(by)))


@decide.command()
def span(
    quote: QuoteId,
    words: Annotated[list[str], typer.Argument(help="Its words as they stand in the source, one text a fragment.")],
    folder: In = HERE,
    by: By = "",
) -> None:
    """Say which words a quotation is; who said it stays."""
    from vivavoce import desk

    _kept(desk.span(desk.sat(_open(folder)), quote, words, _by(by)))


@decide.command()
def quotation(
    source: SourcePath,
    words: Annotated[list[str], typer.Argument(help="The words as they stand in it, one text a fragment.")],
    who: Annotated[str, typer.Option(metavar="NAME", help="Who said it; left away: nobody known.")] = "",
    kind: Annotated[str, typer.Option(help="direct, mixed or indirect.")] = "direct",
    folder: In = HERE,
    by: By = "",
) -> None:
    """Say that words of an article are a quotation that was not found."""
    from vivavoce import desk

    _kept(desk.quotation(desk.sat(_open(folder)), source, words, kind, who or None, _by(by)))


@decide.command()
def label(
    source: SourcePath,
    label: Annotated[str, typer.Argument(help="The speaker label, as the source has it.")],
    name: Annotated[str, typer.Argument(help="Whose it is.")],
    folder: In = HERE,
    by: By = "",
) -> None:
    """Say who a speaker label of a source is: all of its turns, but those that are somebody else's by decision."""
    from vivavoce import desk

    _kept(desk.label(desk.sat(_open(folder)), source, label, name, _by(by)))


@decide.command()
def correct(
    source: SourcePath,
    words: Annotated[str, typer.Argument(help="Words as they stand in it; as many as make them plain.")],
    to: Annotated[str, typer.Argument(help="The same words as they should read.")],
    folder: In = HERE,
    by: By = "",
) -> None:
    """Correct a misheard or mistyped word of a source: it is shown and found so, and stays as it came beneath."""
    from vivavoce import desk

    _kept(desk.correct(desk.sat(_open(folder)), source, words, to, _by(by)))


@decide.command()
def turn(
    source: SourcePath,
    words: Annotated[str, typer.Argument(help="The first words of whoever speaks then, as they stand in it.")],
    name: Annotated[str, typer.Argument(help="Who speaks; - for nobody known.")],
    alone: Annotated[bool, typer.Option("--alone", help="These words alone, not all to the turn's end.")] = False,
    folder: In = HERE,
    by: By = "",
) -> None:
    """Say that somebody else speaks from some words of a turn on: two voices that a transcript runs together."""
    from vivavoce import desk

    _kept(desk.turn(desk.sat(_open(folder)), source, words, None if name == "-" else name, _by(by), alone))


@decide.command()
def join(
    source: SourcePath,
    words: Annotated[str, typer.Argument(help="Words of the turn, as they stand in it.")],
    folder: In = HERE,
    by: By = "",
) -> None:
    """Say that a turn goes on from the one before it: one voice that a transcript cuts in two."""
    from vivavoce import desk

    _kept(desk.join(desk.sat(_open(folder)), source, words, _by(by)))


@decide.command()
def merge(
    people: Annotated[list[str], typer.Argument(help="Ids or names of two or more who are one person.")],
    folder: In = HERE,
    by: By = "",
) -> None:
    """Say that two or more people are one; the first one's name stays."""
    from vivavoce import desk

    _kept(desk.merge(desk.sat(_open(folder)), people, _by(by)))


@decide.command()
def split(
    person: PersonId,
    sources: Annotated[list[str], typer.Argument(help="The source in which it is somebody else, or several.")],
    folder: In = HERE,
    by: By = "",
) -> None:
    """Say that the one of that name in one source (or in several, the same one) is somebody else."""
    from vivavoce import desk

    _kept(desk.split(desk.sat(_open(folder)), person, sources, _by(by)))


@decide.command()
def two(
    one: PersonId,
    other: Annotated[str, typer.Argument(help="The other's id or name.")],
    folder: In = HERE,
    by: By = "",
) -> None:
    """Say that two people are not one, however alike their names are."""
    from vivavoce import desk

    _kept(desk.two(desk.sat(_open(folder)), one, other, _by(by)))


@decide.command()
def name(
    person: PersonId,
    name: Annotated[str, typer.Argument(help="The name to print.")],
    folder: In = HERE,
    by: By = "",
) -> None:
    """Say what a person is called."""
    from vivavoce import desk

    _kept(desk.name(desk.sat(_open(folder)), person, name, _by(by)))


@decide.command()
def alias(
    person: PersonId,
    name: Annotated[str, typer.Argument(help="The other name.")],
    not_: Annotated[bool, typer.Option("--not", help="They do not go by it.")] = False,
    folder: In = HERE,
    by: By = "",
) -> None:
    """Say that a person goes by another name too, or that they do not."""
    from vivavoce import desk

    _kept(desk.alias(desk.sat(_open(folder)), person, name, _by(by), not_))


@decide.command()
def role(
    person: PersonId,
    kind: Annotated[str, typer.Argument(help="plays, job, author, married …")],
    of: Annotated[str, typer.Option(help="The part that they play, whom they married, what they wrote …")] = "",
    title: Annotated[str, typer.Option(help="The job.")] = "",
    work: Annotated[str, typer.Option(help="In which work, or where.")] = "",
    when: Annotated[str, typer.Option(help="then or now, where it is told.")] = "",
    not_: Annotated[bool, typer.Option("--not", help="They are not; what is left away may be anything.")] = False,
    folder: In = HERE,
    by: By = "",
) -> None:
    """Say what a person is to the story, or what they are not."""
    from vivavoce import desk
    from vivavoce.model import Role

    if when not in ("", "then", "now"):
        raise errors.UsageError(f"--when {when}: a role is one of then or of now. Give one of these, or leave it away.")
    given = Role(kind, of, title, work, when=when)  # type: ignore[arg-type]
    _kept(desk.role(desk.sat(_open(folder)), person, given, _by(by), not_))


@decide.command()
def pseudonym(
    person: PersonId,
    name: Annotated[str, typer.Argument(help="The name to show instead.")],
    folder: In = HERE,
    by: By = "",
) -> None:
    """Show a person under another name, wherever their own stands. Your sources stay as they are."""
    from vivavoce import desk

    _kept(desk.pseudonym(desk.sat(_open(folder)), person, name, _by(by)))


@decide.command()
def together(
    moments: Annotated[list[str], typer.Argument(help="Ids of moments or accounts that tell of one event.")],
    folder: In = HERE,
    by: By = "",
) -> None:
    """Say that accounts tell of one event."""
    from vivavoce import desk

    _kept(desk.together(desk.sat(_open(folder)), moments, _by(by)))


@decide.command()
def apart(
    moment: MomentId,
    accounts: Annotated[list[str], typer.Argument(help="Ids of the accounts in it that tell of another event.")],
    folder: In = HERE,
    by: By = "",
) -> None:
    """Say that accounts tell of another event."""
    from vivavoce import desk

    _kept(desk.apart(desk.sat(_open(folder)), moment, accounts, _by(by)))


@decide.command()
def move(
    moment: MomentId,
    accounts: Annotated[list[str], typer.Argument(help="Ids of the accounts that tell of it.")],
    folder: In = HERE,
    by: By = "",
) -> None:
    """Say that accounts tell of another moment: they go to it, and what stood with them stays."""
    from vivavoce import desk

    _kept(desk.move(desk.sat(_open(folder)), accounts, moment, _by(by)))


@decide.command()
def title(
    moment: MomentId, title: Annotated[str, typer.Argument(help="The title.")], folder: In = HERE, by: By = ""
) -> None:
    """Give a moment its title."""
    from vivavoce import desk

    _kept(desk.title(desk.sat(_open(folder)), moment, title, _by(by)))


@decide.command()
def note(
    moment: MomentId,
    text: Annotated[str, typer.Argument(help="The note; empty to take it away.")],
    folder: In = HERE,
    by: By = "",
) -> None:
    """Give a moment a note of the editor's, shown on its page."""
    from vivavoce import desk

    _kept(desk.note(desk.sat(_open(folder)), moment, text, _by(by)))


@decide.command()
def when(
    moment: MomentId,
    day: Annotated[str, typer.Argument(help="A day, a month or a year, as in 1986-11-03; empty: not known.")],
    folder: In = HERE,
    by: By = "",
) -> None:
    """Say when a moment happened; it stands in that order."""
    from vivavoce import desk

    _kept(desk.when(desk.sat(_open(folder)), moment, day, _by(by)))


@decide.command()
def relation(
    moment: MomentId,
    about: Annotated[str, typer.Argument(help="What it is about, as `vivavoce moments` lists it.")],
    reject: Annotated[bool, typer.Option("--reject/--accept", help="It is no relation, or it is one.")],
    between: Annotated[list[str] | None, typer.Option(metavar="ACCOUNT", help="Of several, whose (give two).")] = None,
    folder: In = HERE,
    by: By = "",
) -> None:
    """Say that two accounts relate as was found (--accept), or that they do not (--reject)."""
    from vivavoce import desk

    do: Literal["accept", "reject"] = "reject" if reject else "accept"
    _kept(desk.relation(desk.sat(_open(folder)), moment, do, about, between or (), _by(by)))


@decide.command()
def relate(
    moment: MomentId,
    kind: Annotated[str, typer.Argument(help="agree, differ or dispute.")],
    about: Annotated[str, typer.Argument(help="What about.")],
    one: Annotated[str, typer.Argument(help="Words of one account.")],
    other: Annotated[str, typer.Argument(help="Words of the other.")],
    value: Annotated[list[str] | None, typer.Option(help="What each has, if not these words (give two).")] = None,
    folder: In = HERE,
    by: By = "",
) -> None:
    """Say how two accounts of a moment relate, where it was not found."""
    from vivavoce import desk

    _kept(desk.relate(desk.sat(_open(folder)), moment, kind, about, (one, other), value or (), _by(by)))


@decide.command()
def withhold(
    what: Annotated[str, typer.Argument(help="source, person or medium.")],
    of: Annotated[str, typer.Argument(help="The source's path, or the person's name or id.")],
    until: Annotated[str, typer.Option(help="The day on which it ends; left away: never by itself.")] = "",
    channel: Annotated[
        list[str] | None, typer.Option(help="Only in this output (site, book, export, search, ai, workbench).")
    ] = None,
    ground: Annotated[str, typer.Option(help="Release form, request, law …")] = "",
    folder: In = HERE,
    by: By = "",
) -> None:
    """Say that something may not be shown."""
    from vivavoce import desk

    _kept(desk.withhold(desk.sat(_open(folder)), what, of, until, tuple(channel or ()), ground, _by(by)))


Narrator = Annotated[str, typer.Argument(help="The narrator's id or name.")]
Lines = Annotated[
    list[str] | None, typer.Argument(metavar="[QUOTE]...", help="Only these: quotations' ids, or printed words.")
]
How = Annotated[str, typer.Option("--how", help="By which letter, call or form.")]


@decide.command()
def clear(person: Narrator, quote: Lines = None, how: How = "", folder: In = HERE, by: By = "", on: Day = "") -> None:
    """Say that a narrator cleared their lines that now stand in the book, or some of them."""
    from vivavoce import desk

    _kept(desk.clearance(_open(folder), person, quote or (), "clear", how, _by(by), _day(on)))


@decide.command()
def refuse(person: Narrator, quote: Lines = None, how: How = "", folder: In = HERE, by: By = "", on: Day = "") -> None:
    """Say that a narrator does not want their lines in the book printed, or some of them."""
    from vivavoce import desk

    _kept(desk.clearance(_open(folder), person, quote or (), "refuse", how, _by(by), _day(on)))


@decide.command()
def undo(decision: Annotated[str, typer.Argument(help="A decision's id.")], folder: In = HERE, by: By = "") -> None:
    """Undo a decision (an undo too)."""
    from vivavoce import desk

    _kept(desk.undo(_open(folder), decision, _by(by)))


@decide.command("log")
def log(folder: In = HERE, json: AsJson = False) -> None:
    """List the decisions, oldest first."""
    from vivavoce import desk

    rows = desk.log(_open(folder))
    _listing(rows, ("when", "who", "decision", "id"), lambda r: (r.at, r.by, r.says, r.id), 2, json, False)


# --- what the commands share -------------------------------------------------------------------------------


def _open(folder: Path, out: Path | None = None) -> Project:
    from vivavoce.project import open_project

    return open_project(folder, out)


def _updated(folder: Path, out: Path | None) -> tuple[Project, Built]:
    """The project with its archive brought up to date, progress shown on a terminal."""
    from vivavoce.build import update

    project = _open(folder, out)
    if not sys.stderr.isatty():
        return project, update(project, waiting=_waiting)
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Reading sources", total=None)
        return project, update(project, lambda done, of: bar.update(task, completed=done, total=of), _waiting)


def _uncleared(project: Project, day: str, json: bool) -> int:
    """List whose words in the book are not cleared yet; the exit code."""
    from vivavoce.binding import uncleared

    found = uncleared(project, day)
    if json:
        json_lines([{"name": name, "lines": lines} for name, lines in found])
    for name, lines in found:
        told = f"line {lines[0]}" if len(lines) == 1 else f"lines {', '.join(map(str, lines))}"
        say(f"{name}: book.md, {told}")
    say("These lines are to be cleared yet: vivavoce review-pack." if found else "Every line is public or cleared.")
    return errors.CHECK_FAILED if found else errors.DONE


def _waiting() -> None:
    say("Another build of this project is running; waiting for it to end.")


def _history(folder: Path, json: bool, csv: bool, on: str) -> tuple[Any, int]:
    """What may be listed of a project, brought up to date, and the exit code."""
    day = _day(on)
    _one_form(json, csv)
    project, built = _updated(folder, None)
    from vivavoce.build import history

    code = _told(built, False)
    return history(project, "export" if json or csv else "workbench", day), code


def _one_form(json: bool, csv: bool) -> None:
    if json and csv:
        raise errors.UsageError("--json and --csv cannot both be printed. Give one.")


def _day(on: str, option: str = "--on") -> str:
    """The day of publication as an ISO date; today when none is given."""
    import datetime

    try:
        return datetime.date.fromisoformat(on).isoformat() if on else datetime.date.today().isoformat()
    except ValueError as e:
        raise errors.UsageError(f"{option} {on}: that is no date. Write it as 2031-05-01.") from e


def _by(by: str) -> str:
    import getpass

    try:
        return by or getpass.getuser()
    except (OSError, KeyError):
        return "somebody"


def _told(built: Built, strict: bool) -> int:
    """Say what the user should know of a build; the exit code."""
    for row in built.broken:
        say(row)
    for warning in built.warnings:
        say(warning)
    for review in built.reviews:
        say(f"Decision {review.decision}: {review.reason}")
    if built.recordings:
        names = ", ".join(built.recordings[:5]) + (" …" if len(built.recordings) > 5 else "")
        say(f"To transcribe: {names}. Transcripts are read as .vtt, .srt, Whisper .json, or dialogue in .txt and .md.")
    return _unread(built.problems, strict)


def _unread(problems: Any, strict: bool) -> int:
    for _, sentence in problems:
        say(sentence)
    if not problems:
        return errors.DONE
    return errors.NOT_DONE if strict else errors.SOME_UNREADABLE


def _near(path: Path) -> str:
    try:
        return os.path.relpath(path)
    except ValueError:
        return str(path)


def _kept(said: Written) -> None:
    say(str(said))


def _listing(
    values: Any, columns: tuple[str, ...], row: Callable[[Any], tuple[str, ...]], wide: int, json: bool, csv: bool
) -> None:
    if json:
        json_lines(values)
    elif csv:
        csv_table(columns, map(row, values))
    else:
        table(columns, map(row, values), wide)


def _quote_row(q: Quote) -> tuple[str, ...]:
    who = q.person.name if q.person else "?"
    at = clock(q.time[0]) if q.time else f"{q.spans[0][0]}–{q.spans[-1][1]}"
    return who, shortened(q.text), q.kind, q.source, at, f"{q.confidence:.2f}"


def _person_row(one: Listed) -> tuple[str, ...]:
    p, may = one.person, one.proposed
    told = ""
    if may and may.taken:
        told = f"{may.label} in {may.source} is held to be {may.name}: {may.why}"
    elif one.unnamed:
        told = f"may be {may.name}: {may.why} ({may.source})" if may else f"unnamed ({p.figures[0][0]})"
    roles = "; ".join(f"{r.kind} {r.of or r.title}".strip() + (f" ({r.work})" if r.work else "") for r in p.roles)
    return p.name, roles, ", ".join(p.aliases), str(p.quotes), told, p.id


def _moment_row(m: Moment) -> tuple[str, ...]:
    told = ", ".join(dict.fromkeys(a.person.name if a.person else f"({a.source})" for a in m.accounts))
    relations = "; ".join(f"{r.type}: {r.about}" for r in m.relations)
    return m.title, told, str(len(m.accounts)), relations, m.id


def _trace_row(t: Trace) -> tuple[str, ...]:
    at = clock(t.time[0]) if t.time else f"{t.at[0][0]}–{t.at[0][1]}" if t.at else ""
    return class_of(t), shortened(t.text), t.speaker, t.said_by, t.found_in or "", at


def _hit_row(hit: Any) -> tuple[str, ...]:
    unit = hit.unit
    at = clock(unit.time[0]) if unit.time else f"{unit.start}–{unit.end}"
    return unit.person, hit.marked, unit.path, at
