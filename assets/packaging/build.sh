#!/usr/bin/env bash
# Builds what is handed to people who use Dateline: a .deb and a plain .tar.gz, in target/packaging/.
#
#   assets/packaging/build.sh                    builds the program first, as a release
#   assets/packaging/build.sh --profile quick    with another profile, to try the packaging itself
#   assets/packaging/build.sh --no-build         packs the program that is there
#
# The same sources and the same program make the same archive to the byte. Needs python3; installs cargo-deb into .ci/cache
# where it is missing. What desktop-file-validate, appstreamcli and lintian say is told where they are installed.
set -euo pipefail
cd "$(dirname "$0")/../.."

profile=release build=yes
while [ $# -gt 0 ]; do
    case $1 in
    --profile) profile=$2 && shift ;;
    --no-build) build= ;;
    *) echo "build.sh: no such option: $1" >&2 && exit 2 ;;
    esac
    shift
done

target=${CARGO_TARGET_DIR:-target}
folder=$profile
[ "$profile" != dev ] || folder=debug
program=$target/$folder/dateline
out=target/packaging
version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -1)
machine=$(uname -m)
# What is packed is as old as the sources, whoever packs it and when.
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || echo 0)}
export SOURCE_DATE_EPOCH LC_ALL=C PATH=$PWD/.ci/cache/bin:$PATH
umask 022

[ -z "$build" ] || cargo build --locked --profile "$profile"

rm -rf "$out" && mkdir -p "$out/completions"

# What the program says of itself.
"$program" man --quiet "$out/man"
"$program" completions bash >"$out/completions/dateline"
"$program" completions zsh >"$out/completions/_dateline"
"$program" completions fish >"$out/completions/dateline.fish"
"$program" completions elvish >"$out/completions/dateline.elv"
"$program" completions powershell >"$out/completions/dateline.ps1"

# Whose work is in it.
cargo metadata --format-version 1 --locked --filter-platform "$machine-unknown-linux-gnu" |
    python3 assets/packaging/licences.py >"$out/licences.txt"
{
    echo "dateline ($version-1) unstable; urgency=medium"
    echo
    echo "  * See /usr/share/doc/dateline/changelog.gz for what changed."
    echo
    echo " -- The Dateline authors <authors@dateline.invalid>  $(date -u -R -d "@$SOURCE_DATE_EPOCH")"
} >"$out/changelog"

# The .deb.
if ! command -v cargo-deb >/dev/null; then
    CARGO_TARGET_DIR=target/cargo-deb cargo install cargo-deb --version '^3' --locked --debug --root .ci/cache
    rm -rf target/cargo-deb
fi
cargo deb --no-build --no-strip --profile "$profile" --output "$out/"

# The archive.
name=dateline-$version-$machine-linux
root=$out/$name
share=$root/share
install -D -m 755 "$program" "$root/bin/dateline"
install -D -m 644 -t "$share/man/man1" "$out"/man/*.1
install -D -m 644 "$out/completions/dateline" "$share/bash-completion/completions/dateline"
install -D -m 644 "$out/completions/_dateline" "$share/zsh/site-functions/_dateline"
install -D -m 644 "$out/completions/dateline.fish" "$share/fish/vendor_completions.d/dateline.fish"
install -D -m 644 -t "$share/doc/dateline/completions" "$out/completions/dateline.elv" "$out/completions/dateline.ps1"
install -D -m 644 -t "$share/doc/dateline" README.md CHANGELOG.md LICENSE-MIT LICENSE-APACHE assets/NOTICE.md \
    "$out/licences.txt" assets/fonts/OFL-*.txt
install -D -m 644 -t "$share/applications" assets/packaging/dateline.desktop
install -D -m 644 assets/packaging/dateline.metainfo.xml "$share/metainfo/io.dateline.dateline.metainfo.xml"
install -D -m 644 -t "$share/mime/packages" assets/packaging/dateline.xml
(cd assets/packaging/icons && find hicolor -type f) | while read -r icon; do
    install -D -m 644 "assets/packaging/icons/$icon" "$share/icons/$icon"
done
install -m 755 assets/packaging/install.sh "$root/install.sh"
install -m 644 assets/packaging/README.txt "$root/README.txt"
tar --create --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$SOURCE_DATE_EPOCH" --format=gnu \
    --directory="$out" "$name" | gzip -9 -n >"$out/$name.tar.gz"
rm -r "$root"

# What others say of it.
checked() {
    if command -v "$1" >/dev/null; then "$@"; else echo "$1 is not installed: not checked by it" >&2; fi
}
checked desktop-file-validate assets/packaging/dateline.desktop
checked appstreamcli validate --no-net --pedantic assets/packaging/dateline.metainfo.xml
# A program for trying is not stripped, and what its symbols name is not what is handed on.
tags=$out/lintian.txt
cp assets/packaging/lintian.txt "$tags"
[ "$profile" != dev ] || printf '%s\n' unstripped-binary-or-object embedded-library >>"$tags"
checked lintian --fail-on error --suppress-tags-from-file "$tags" "$out"/*.deb

(cd "$out" && sha256sum -- *.deb *.tar.gz)
