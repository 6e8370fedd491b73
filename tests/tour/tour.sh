#!/usr/bin/env bash
# Photographs the window as a person meets it, scene by scene, without a screen of its own.
#
#   tests/tour/tour.sh [-b BINARY] [-o FOLDER] [SCENE…]
#
# Without -b the program is built first (cargo build --release); pictures go to target/tour unless -o says
# otherwise; without scenes all of them are taken. -l lists them. Each starts in a home folder of its own, with
# nothing in it, and without a network. The window is driven by keys and by words that are typed; where only the
# pointer will do, it goes to a share of the window's width and height.
#
# Needs, on Debian: xvfb openbox xdotool imagemagick libgl1 libgl1-mesa-dri libx11-6 libx11-xcb1 libxcursor1
# libxi6 libxrandr2 libxkbcommon-x11-0 fontconfig fonts-noto-core fonts-noto-cjk
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
binary='' folder=$root/target/tour work=$(mktemp -d) pids=() width=0 height=0

die() { echo "tour.sh: $*" >&2; exit 2; }

# --- The stage -------------------------------------------------------------------------------------------------

strike() { # Ends what the last scene started.
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  wait 2>/dev/null || true
  pids=()
}
trap 'strike; rm -rf "$work"' EXIT

# begin WIDTHxHEIGHT SCALE [ARG…]: the program over a whole screen of that size.
begin() {
  local size=$1 scale=$2 display
  shift 2
  strike
  width=${size%x*} height=${size#*x}
  exec 3>"$work/display"
  Xvfb -displayfd 3 -screen 0 "${size}x24" +extension GLX >/dev/null 2>&1 &
  pids+=($!)
  exec 3>&-
  for _ in $(seq 100); do [ -s "$work/display" ] && break; sleep 0.1; done
  [ -s "$work/display" ] || die "Xvfb did not start"
  display=:$(cat "$work/display")
  export DISPLAY=$display WINIT_X11_SCALE_FACTOR=$scale LANG=C.UTF-8 LIBGL_ALWAYS_SOFTWARE=1
  HOME=$(mktemp -d "$work/home.XXXX")
  export HOME XDG_CONFIG_HOME=$HOME/.config XDG_DATA_HOME=$HOME/.local/share XDG_CACHE_HOME=$HOME/.cache
  if [ -z "${newcomer:-}" ]; then # No hints for somebody who knows the program.
    mkdir -p "$XDG_DATA_HOME/dateline"
    printf '%s' '{"session": "{\"hints\":{\"done\":[true,true,true],\"dismissed\":true}}"}' >"$XDG_DATA_HOME/dateline/app.ron"
  fi
  printf '%s' '<openbox_config xmlns="http://openbox.org/3.4/rc"><applications><application class="*">
    <decor>no</decor><maximized>yes</maximized></application></applications></openbox_config>' >"$work/rc.xml"
  openbox --config-file "$work/rc.xml" >/dev/null 2>&1 &
  pids+=($!)
  sleep 0.5
  "$binary" "$@" 2>"$work/errors" &
  pids+=($!)
  local app=$!
  timeout 60 xdotool search --sync --onlyvisible --class '^dateline$' >/dev/null || die "no window: $(cat "$work/errors")"
  xdotool mousemove $((width - 1)) $((height - 1))
  settle
  kill -0 "$app" 2>/dev/null || die "the program has ended: $(cat "$work/errors")"
}

picture() { import -silent -window root "$1"; }

# Waits until nothing moves any more: four looks alike, half a second apart.
settle() {
  local before='' now alike=0
  for _ in $(seq 30); do
    now=$(picture rgb:- | cksum)
    if [ "$now" = "$before" ]; then alike=$((alike + 1)); else alike=0; fi
    [ "$alike" -lt 4 ] || return 0
    before=$now
    sleep 0.5
  done
  # A cursor that blinks never rests.
}

keys() { for key in "$@"; do xdotool key "$key"; sleep 0.25; done; settle; }
words() { xdotool type --delay 40 "$1"; settle; }
point() { xdotool mousemove $((width * $1 / 1000)) $((height * $2 / 1000)); } # In thousandths.
click() { point "$1" "$2"; xdotool click 1; settle; }
drag() { # From and to, in thousandths.
  point "$1" "$2"; xdotool mousedown 1; sleep 0.2
  point $((($1 + $3) / 2)) $((($2 + $4) / 2)); sleep 0.2
  point "$3" "$4"; sleep 0.2; xdotool mouseup 1; settle
}
away() { xdotool mousemove $((width - 1)) $((height - 1)); settle; }
photo() { mkdir -p "$folder"; picture "$folder/$1.png"; echo "$folder/$1.png"; }
command_named() { keys ctrl+p; words "$1"; keys Return; } # Whatever has no key of its own.

# --- What is read ----------------------------------------------------------------------------------------------

# Six hundred short reports of three years, by six outlets, some dated by month or year only, some not at all.
reports() {
  awk 'function pick(n) { seed = (seed * 1103515245 + 12345) % 2147483648; return int(seed / 65536) % n }
    BEGIN {
      seed = 7
      split("Derna,Aleppo,Lima,Nairobi,Cairo,Lausanne,Jakarta,Quito", town, ",")
      split("The Courier,Harbour Post,Daily Lantern,Northern Wire,River Gazette,Field Notes", source, ",")
      for (n = 1; n <= 600; n++) {
        month = 1 + int((pick(36) + pick(36)) / 2)
        date = sprintf("%d-%02d-%02d", 2015 + int((month - 1) / 12), 1 + (month - 1) % 12, 1 + pick(28))
        kind = pick(40)
        if (kind == 0) date = substr(date, 1, 7)
        if (kind == 1) date = substr(date, 1, 4)
        at = town[1 + pick(8)]
        printf "{\"id\":\"%d\",\"title\":\"Rain over %s\",%s\"source\":\"%s\",\"text\":\"Rain over %s\\n\\nHeavy rain fell on %s during the night, and the river rose by a metre before the morning.\"}\n",
          n, at, (kind == 2 ? "" : "\"date\":\"" date "\","), source[1 + int(pick(6) * pick(6) / 6)], at, at
      }
    }' >"$work/reports.jsonl"
}

# A thousand articles at one place.
thousand() {
  awk 'BEGIN { for (n = 1; n <= 1000; n++)
    printf "{\"id\":\"%d\",\"title\":\"Market day %d\",\"date\":\"2019-%02d-%02d\",\"source\":\"Harbour Post\",\"text\":\"Market day %d\\n\\nThe market in Nairobi opened early, and the stalls were bare by noon.\"}\n",
      n, n, 1 + n % 12, 1 + n % 28, n }' >"$work/thousand.jsonl"
}

# Towns so near to one another that they are one mark from afar.
suburbs() {
  : >"$work/suburbs.jsonl"
  for town in Giza Cairo Helwan Heliopolis 'Shubra al Khaymah'; do
    printf '{"id":"%s","title":"A tram for %s","date":"2018-05-04","source":"River Gazette","text":"A tram for %s\\n\\nFrom next year a tram will run to %s, Egypt, the ministry said."}\n' \
      "$town" "$town" "$town" "$town" >>"$work/suburbs.jsonl"
  done
}

# One article, and ten lines that are none.
torn() {
  printf '{"id":"whole","title":"Snow","date":"2020-01-09","text":"Snow\\n\\nSnow fell on Aleppo, Syria."}\n' >"$work/torn.jsonl"
  for n in 1 2 3; do printf '{"title": "Half a line %d"\n' "$n"; done >>"$work/torn.jsonl"
  for n in 1 2 3 4; do printf '{"title": "No text %d"}\n' "$n"; done >>"$work/torn.jsonl"
  printf '[1, 2]\n"a word"\n{"text": 7}\n' >>"$work/torn.jsonl"
}

# A ferry that sinks in three papers, the third of which prints the second's text, and unrest elsewhere.
ferry() {
  local second='Thirty-three dead as ferry goes down\n\nA ferry sank near Alexandria, Egypt, on Monday and 33 people drowned, officials said.\n\nThe owners denied that the ferry had carried too many passengers. Lawyers in Cairo will meet the families on Friday. Fishermen threatened to block the port of Damietta if no inquiry is opened. The army shelled a camp near Derna in Libya on Sunday, in what Cairo called an answer to an attack on its border guards. Soldiers were killed in Derna.'
  {
    printf '{"id":"a","title":"Ferry sinks off Alexandria","date":"2019-06-11","source":"The Courier","text":"Ferry sinks off Alexandria\\n\\nALEXANDRIA, Egypt - A ferry sank off Alexandria on Monday, killing at least 31 people, the coast guard said.\\n\\nRescuers searched through the night. The interior minister visited the harbour of Alexandria on Tuesday and promised an inquiry.\\n\\nIn 2006 a larger ship sank in the Red Sea and more than a thousand people died."}\n'
    printf '{"id":"b","title":"Thirty-three dead as ferry goes down","date":"2019-06-11","source":"Harbour Post","text":"%s"}\n' "$second"
    printf '{"id":"c","title":"Thirty-three dead as ferry goes down","date":"2019-06-12","source":"Northern Wire","text":"%s"}\n' "$second"
    printf '{"id":"d","title":"Protesters fill the squares of Khartoum","date":"2019-06-12","source":"Daily Lantern","text":"Protesters fill the squares of Khartoum\\n\\nKHARTOUM - Thousands of people protested in Khartoum on Wednesday after soldiers killed two students in Omdurman. Police fired tear gas and arrested dozens.\\n\\nAfrican Union envoys met the generals in Addis Ababa on Tuesday and agreed to send aid to El Fasher. An earthquake shook Port Sudan in the evening; nobody was hurt."}\n'
  } >"$work/ferry.jsonl"
}

# --- The scenes ------------------------------------------------------------------------------------------------

scene_first_run() { newcomer=yes begin 1280x800 1; photo first-run; }
scene_sample() { begin 1280x800 1; click 123 205; away; photo sample; }
scene_marker() { begin 1280x800 1; keys Down ctrl+i; photo marker; }
scene_cluster() { suburbs; begin 1280x800 1 open "$work/suburbs.jsonl"; photo cluster
  keys Down Down; photo cluster-opened; }
scene_mention() { begin 1280x800 1; keys Down n; photo mention; }
scene_search() { reports; begin 1280x800 1 open "$work/reports.jsonl"; keys ctrl+f; words 'lima "river rose"'; photo search; }
scene_facets() { reports; begin 1280x800 1 open "$work/reports.jsonl"; keys ctrl+shift+l; photo facets; }
scene_timeline() { reports; begin 1280x800 1 open "$work/reports.jsonl"; drag 330 925 440 925; away; photo timeline; }
scene_events() { ferry; begin 1280x800 1 open "$work/ferry.jsonl"; keys alt+2; photo events; }
scene_event() { ferry; begin 1280x800 1 open "$work/ferry.jsonl"; keys alt+2 Down; photo event; keys n n; photo event-next; }
scene_event_once() { ferry; begin 1280x800 1 open "$work/ferry.jsonl"; keys alt+2; command_named 'Count each event once'; keys Down; photo event-once; }
scene_event_filters() { ferry; begin 1280x800 1 open "$work/ferry.jsonl"; keys alt+2 ctrl+shift+l; photo event-filters; }
scene_event_dark() { ferry; begin 1280x800 1 open "$work/ferry.jsonl"; command_named 'Dark'; keys alt+2 Down; photo event-dark; }
scene_event_small() { ferry; begin 800x600 1 open "$work/ferry.jsonl"; keys alt+2; photo event-small; keys ctrl+1 n; photo event-small-article; }
scene_event_large() { ferry; begin 3840x2160 2 open "$work/ferry.jsonl"; keys alt+2 Down; photo event-large; }
scene_event_arabic() { begin 1280x800 1 open "$here/arabic.jsonl"; keys alt+2; photo event-arabic; }
scene_palette() { begin 1280x800 1; keys ctrl+p; photo palette; }
scene_dark() { reports; begin 1280x800 1 open "$work/reports.jsonl"; command_named 'Dark'; keys Down; drag 330 925 440 925; away; photo dark; }
scene_small() { begin 800x600 1; photo small; keys Down; photo small-article; }
scene_large() { reports; begin 3840x2160 2 open "$work/reports.jsonl"; keys Down; photo large; }
scene_arabic() { begin 1280x800 1 open "$here/arabic.jsonl"; keys Down; photo arabic; }
scene_chinese() { begin 1280x800 1 open "$here/chinese.jsonl"; keys Down; photo chinese; }
scene_thousand() { thousand; begin 1280x800 1 open "$work/thousand.jsonl"; keys Down; photo thousand; }
scene_empty() { mkdir -p "$work/nothing"; begin 1280x800 1 open "$work/nothing"; photo empty; }
scene_problems() { torn; begin 1280x800 1 open "$work/torn.jsonl"; photo problems-told; keys ctrl+shift+m; photo problems; }

scenes=(first_run sample marker cluster mention search facets timeline events event event_once event_filters
  event_dark event_small event_large event_arabic palette dark small large arabic chinese
  thousand empty problems)

# --- The tour --------------------------------------------------------------------------------------------------

while getopts 'b:o:l' option; do
  case $option in
    b) binary=$(realpath "$OPTARG") ;;
    o) folder=$OPTARG ;;
    l) printf '%s\n' "${scenes[@]}"; exit 0 ;;
    *) sed -n '2,11p' "$0" >&2; exit 2 ;;
  esac
done
shift $((OPTIND - 1))
for tool in Xvfb openbox xdotool import; do
  command -v "$tool" >/dev/null || die "$tool is missing; see the head of this file"
done
if [ -z "$binary" ]; then
  (cd "$root" && cargo build --release)
  binary=$root/target/release/dateline
fi
[ "$#" -gt 0 ] || set -- "${scenes[@]}"
for scene in "$@"; do
  declare -F "scene_${scene//-/_}" >/dev/null || die "there is no scene $scene; -l lists them"
done
for scene in "$@"; do "scene_${scene//-/_}"; done
