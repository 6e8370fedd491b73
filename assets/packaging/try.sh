#!/usr/bin/env bash
# Installs the .deb on a bare Debian, opens it as its menu entry does, takes it away again, and says what was left.
#
#   assets/packaging/try.sh [DEB]         the one in target/packaging unless told
#
# Needs root, and mmdebstrap, xvfb, openbox, xdotool and imagemagick here; the Debian it makes has nothing but what the .deb asks
# for. Pictures and notes go to target/packaging/tried. Not part of the checks: it takes some minutes and 1.5 GB for a while.
set -euo pipefail
cd "$(dirname "$0")/../.."

deb=$(realpath "${1:-$(ls target/packaging/*.deb)}")
out=$PWD/target/packaging/tried
mkdir -p "$out" && rm -f "$out"/*
# BARE names a Debian that mmdebstrap has made before; it is used as it is, and taken away at the end, too.
bare=${BARE:-$(mktemp -d)}
display=:87

cleared() {
    kill "${server:-}" "${manager:-}" 2>/dev/null || true
    umount "$bare/proc" "$bare/dev/pts" "$bare/dev" 2>/dev/null || true
    rm -rf --one-file-system "$bare"
}
trap cleared EXIT
in_it() { chroot "$bare" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"; }
as_person() { chroot --userspec=person "$bare" env -i PATH=/usr/bin:/bin LC_ALL=C.UTF-8 HOME=/home/person DISPLAY=$display "$@"; }
files() { (cd "$bare" && find . -xdev \( -path ./proc -o -path ./dev -o -path ./tmp -o -path ./home -o -path ./var/log \
    -o -path ./var/lib/apt -o -path ./var/cache -o -path ./var/lib/dpkg \) -prune -o \( -type f -o -type l \) -print | sort); }
say() { printf '%s\n' "$*" | tee -a "$out/notes.txt"; }
holds() { if "${@:2}" >/dev/null 2>&1; then say "yes: $1"; else say "NO:  $1" && wrong=1; fi; }
wrong=

[ -x "$bare/usr/bin/dpkg" ] || mmdebstrap --quiet --variant=minbase "${SUITE:-bookworm}" "$bare"
mount --bind /dev "$bare/dev" && mount --bind /dev/pts "$bare/dev/pts" && mount -t proc proc "$bare/proc"
in_it useradd --create-home person
in_it apt-get update -qq
# Asks what a file is as a desktop does; no part of a bare system, and nothing that a window needs.
in_it apt-get install -y -qq --no-install-recommends libglib2.0-bin >/dev/null 2>&1
files >"$out/before"

cp "$deb" "$bare/tmp/dateline.deb"
started=$SECONDS
in_it apt-get install -y -qq /tmp/dateline.deb >"$out/install.log" 2>&1
say "installed in $((SECONDS - started)) s with $(grep -c '^Setting up' "$out/install.log") packages"

holds "the program answers" as_person dateline --version
holds "it geoparses" as_person sh -c 'cd && echo "Rain fell in Derna, Libya, on 11 September 2023." >a.txt &&
    dateline geoparse a.txt --format csv | grep -q Derna && dateline project new a.dateline a.txt'
holds "the manual has its pages" in_it sh -c 'zcat /usr/share/man/man1/dateline-geoparse.1.gz | grep -q "^.SH .*EXIT STATUS"'
holds "bash completes it" in_it bash -c '. /usr/share/bash-completion/completions/dateline && complete -p dateline'
holds "a project has its type by its name" grep -q ':application/x-dateline-project:\*.dateline' "$bare/usr/share/mime/globs2"
holds "its type has a magic" grep -aq 'application/x-dateline-project' "$bare/usr/share/mime/magic"
holds "the menu opens projects with it" grep -q 'application/x-dateline-project=dateline.desktop' "$bare/usr/share/applications/mimeinfo.cache"
asked() { as_person sh -c "cd && cp a.dateline plain && XDG_CURRENT_DESKTOP=GNOME $*" 2>&1; }
say "xdg-mime query filetype a.dateline: $(asked xdg-mime query filetype a.dateline)"
say "the same file without its ending: $(asked xdg-mime query filetype plain)"
say "xdg-mime query default: $(asked xdg-mime query default application/x-dateline-project)"

Xvfb $display -screen 0 1400x900x24 -ac >/dev/null 2>&1 &
server=$!
sleep 2
DISPLAY=$display openbox >/dev/null 2>&1 &
manager=$!
opened() { # NAME FILE…: what the menu entry runs, with these files
    local name=$1 line
    shift
    line=$(sed -n 's/^Exec=//p' "$bare/usr/share/applications/dateline.desktop")
    as_person sh -c "cd && exec ${line/\%F/$*}" >"$out/$name.log" 2>&1 &
    local window=$! found=
    for _ in $(seq 60); do
        sleep 1
        found=$(DISPLAY=$display xdotool search --name Dateline 2>/dev/null | head -1) && [ -n "$found" ] && break
    done
    sleep 20
    DISPLAY=$display import -window root "$out/$name.png"
    holds "a window opens: $name" test -n "$found"
    [ -z "$found" ] || say "its class: $(DISPLAY=$display xprop -id "$found" WM_CLASS 2>/dev/null)"
    # The program runs on this machine's processes, so that its own number ends it, whoever started it.
    kill "$(DISPLAY=$display xdotool getwindowpid "$found" 2>/dev/null || echo $window)" 2>/dev/null || true
    wait $window 2>/dev/null || true
}
opened sample
opened project a.dateline

in_it apt-get purge -y -qq dateline >"$out/purge.log" 2>&1
in_it apt-get autoremove -y -qq --purge >>"$out/purge.log" 2>&1
files >"$out/after"
holds "nothing of it is left" sh -c "! diff '$out/before' '$out/after' | grep -i dateline"
holds "dpkg does not know it any more" sh -c "! chroot '$bare' dpkg -s dateline"
say "files that its dependencies have left: $(diff "$out/before" "$out/after" | grep -c '^>' || true)"
diff "$out/before" "$out/after" >"$out/left.txt" || true
exit ${wrong:-0}
