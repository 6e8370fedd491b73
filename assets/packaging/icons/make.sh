#!/bin/sh
# Makes the PNG icons from the SVG, which is the one to change. They are committed, so that packaging needs none of this.
# Needs librsvg2-bin and optipng.
set -eu
cd "$(dirname "$0")/hicolor"
for side in 16 22 24 32 48 64 128 256 512; do
    folder=${side}x${side}/apps
    mkdir -p "$folder"
    rsvg-convert --width=$side --height=$side scalable/apps/dateline.svg --output="$folder/dateline.png"
    optipng -quiet -o7 -strip all "$folder/dateline.png"
done
