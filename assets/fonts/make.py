#!/usr/bin/env python3
"""Makes the window's fonts from their published files: subset, merged, figures made tabular.

    pip install fonttools brotli
    python make.py --inter DIR --serif DIR

--inter: a folder with Inter-Regular.otf and Inter-SemiBold.otf (Debian package fonts-inter).
--serif: the `files` folder of the npm package @fontsource/source-serif-4.
The serif is renamed, because its licence reserves the name of the original.
"""

import argparse
from pathlib import Path

from fontTools.merge import Merger
from fontTools.merge import Options as MergeOptions
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

HERE = Path(__file__).parent
# Latin with its extensions, combining marks, Greek, Cyrillic, punctuation, currency, arrows, signs.
RANGES = [
    (0x20, 0x24F), (0x259, 0x259), (0x2B0, 0x2FF), (0x300, 0x33F), (0x370, 0x3FF), (0x400, 0x4FF),
    (0x1E00, 0x1EFF), (0x2000, 0x206F), (0x20A0, 0x20BF), (0x2116, 0x2116), (0x2122, 0x2122),
    (0x2190, 0x2193), (0x2212, 0x2212), (0x2248, 0x2248), (0x2260, 0x2265), (0xFFFD, 0xFFFD),
]
WANTED = [code for first, last in RANGES for code in range(first, last + 1)]


def subset(font, features):
    options = Options()
    options.layout_features = features
    options.hinting = True
    options.notdef_outline = True
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.drop_tables += ["DSIG", "STAT", "MATH", "meta"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=WANTED)
    subsetter.subset(font)


def tabular_figures(font):
    """Lists of numbers must line up: the digits get the glyphs of the feature `tnum`."""
    single = {}
    gsub = font["GSUB"].table
    for record in gsub.FeatureList.FeatureRecord:
        if record.FeatureTag == "tnum":
            for index in record.Feature.LookupListIndex:
                for table in gsub.LookupList.Lookup[index].SubTable:
                    table = getattr(table, "ExtSubTable", table)
                    single.update(getattr(table, "mapping", {}))
    for table in font["cmap"].tables:
        for digit in range(0x30, 0x3A):
            if digit in table.cmap:
                table.cmap[digit] = single.get(table.cmap[digit], table.cmap[digit])


def rename(font, family, style):
    names = {1: family, 2: style, 3: f"{family} {style}", 4: f"{family} {style}",
             6: f"{family.replace(' ', '')}-{style.replace(' ', '')}"}
    for record in list(font["name"].names):
        if record.nameID in names:
            record.string = names[record.nameID]


def inter(folder, style):
    font = TTFont(folder / f"Inter-{style}.otf")
    tabular_figures(font)
    subset(font, ["kern", "mark", "mkmk", "ccmp", "locl"])
    font.save(HERE / f"Inter-{style}.otf")


def serif(folder, weight, slant, style):
    parts = []
    for script in ["latin", "latin-ext", "cyrillic", "cyrillic-ext", "greek"]:
        path = folder / f"source-serif-4-{script}-{weight}-{slant}.woff2"
        if path.exists():
            font = TTFont(path)
            font.flavor = None
            part = HERE / f".{script}.ttf"
            subset(font, ["kern", "mark", "mkmk", "ccmp", "locl", "liga"])
            font.save(part)
            parts.append(part)
    merged = Merger(MergeOptions(drop_tables=["vmtx", "vhea"])).merge([str(part) for part in parts])
    rename(merged, "Dateline Serif", style)
    merged.save(HERE / f"DatelineSerif-{style.replace(' ', '')}.ttf")
    for part in parts:
        part.unlink()


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--inter", type=Path, required=True)
    arguments.add_argument("--serif", type=Path, required=True)
    chosen = arguments.parse_args()
    inter(chosen.inter, "Regular")
    inter(chosen.inter, "SemiBold")
    serif(chosen.serif, 400, "normal", "Regular")
    serif(chosen.serif, 600, "normal", "SemiBold")


if __name__ == "__main__":
    main()
