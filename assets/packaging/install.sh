#!/bin/sh
# Puts Dateline where the system finds it, or takes it away again.
#
#   ./install.sh                       for you alone, into ~/.local
#   sudo ./install.sh --prefix /usr/local
#   ./install.sh --uninstall [--prefix FOLDER]
#
# Removes exactly what it has put there, and neither your projects nor your settings.
set -eu

prefix=$HOME/.local uninstall=
while [ $# -gt 0 ]; do
    case $1 in
    --prefix) prefix=$2 && shift ;;
    --uninstall) uninstall=yes ;;
    *) sed -n '2,8s/^# \{0,1\}//p' "$0" && exit 2 ;;
    esac
    shift
done

cd "$(dirname "$0")"
find bin share -type f | while read -r file; do
    if [ -n "$uninstall" ]; then
        rm -f "$prefix/$file"
    else
        mkdir -p "$prefix/$(dirname "$file")"
        cp "$file" "$prefix/$file"
    fi
done
if [ -n "$uninstall" ]; then
    rmdir "$prefix/share/doc/dateline/completions" "$prefix/share/doc/dateline" 2>/dev/null || true
fi

# Menus and file managers look things up in lists that are made of these files.
for list in "update-mime-database $prefix/share/mime" "update-desktop-database $prefix/share/applications" \
    "gtk-update-icon-cache -q -t -f $prefix/share/icons/hicolor"; do
    if command -v "${list%% *}" >/dev/null; then
        $list 2>/dev/null || true
    fi
done

if [ -z "$uninstall" ]; then
    echo "Dateline is in $prefix/bin."
    case :$PATH: in
    *:"$prefix/bin":*) ;;
    *) echo "That folder is not in your PATH." ;;
    esac
fi
