#!/usr/bin/env python3
"""Prints the licences of everything that is compiled into the program, crate by crate, each text once.

Usage: licences.py < METADATA, which `cargo metadata --format-version 1` writes; the crates' sources lie where it says.
"""
import json
import re
import sys
from pathlib import Path

NAMES = re.compile(r"(licen[cs]e|copying|notice|unlicense)", re.IGNORECASE)


def built_in(metadata):
    """The packages that end up in the program: what it depends on, without what only tests and build scripts need."""
    nodes = {node["id"]: node for node in metadata["resolve"]["nodes"]}
    seen, waiting = set(), [metadata["resolve"]["root"]]
    while waiting:
        node = waiting.pop()
        if node in seen:
            continue
        seen.add(node)
        for dependency in nodes[node]["deps"]:
            if any(kind["kind"] is None for kind in dependency["dep_kinds"]):
                waiting.append(dependency["pkg"])
    seen.discard(metadata["resolve"]["root"])
    packages = [package for package in metadata["packages"] if package["id"] in seen]
    return sorted(packages, key=lambda package: (package["name"], package["version"]))


def texts(package):
    """The licence texts that lie beside a package's manifest, without what differs in white space alone."""
    folder = Path(package["manifest_path"]).parent
    for file in sorted(folder.iterdir()):
        if file.is_file() and NAMES.search(file.name) and file.stat().st_size < 200_000:
            text = file.read_text(encoding="utf-8", errors="replace").strip().replace("\r\n", "\n")
            if len(text) > 100:
                yield text


def main():
    packages = built_in(json.load(sys.stdin))
    holders = {}
    print("Dateline is built with the following libraries, under the licences named.\n")
    for package in packages:
        print(f"  {package['name']} {package['version']}  {package['license'] or 'see below'}")
        for text in texts(package):
            same = re.sub(r"\s+", " ", text)
            holders.setdefault(same, (text, []))[1].append(f"{package['name']} {package['version']}")
    for text, names in sorted(holders.values(), key=lambda holder: holder[1]):
        print(f"\n{'-' * 100}\n{', '.join(names)}\n\n{text}")


main()
