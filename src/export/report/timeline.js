// The timeline: how many articles, or events, each day, week, month or year has. Dragging over it chooses days.
// A date that is less exact than a bar is in none of them, and is told of beside them.

const BARS = 120;
const DAY = 86400000;
const bars = document.getElementById('bars');
let bins = [];

/// The first days of bars that cover some days, the unit as small as there is room for.
function binsOver(first, last) {
  const span = last - first + 1;
  const starts = [];
  if (span <= BARS || span <= BARS * 7) {
    const unit = span <= BARS ? 1 : 7;
    // Weeks begin on Monday; the first day of all, in 1970, was a Thursday.
    let day = unit === 7 ? first - ((first + 3) % 7 + 7) % 7 : first;
    for (; day <= last; day += unit) starts.push(day);
    return { starts: [...starts, day], unit: unit === 7 ? 'week' : 'day' };
  }
  const months = span <= BARS * 31 ? 1 : 12 * Math.ceil(span / 365 / BARS);
  const date = new Date(first * DAY);
  let month = date.getUTCFullYear() * 12 + (months === 1 ? date.getUTCMonth() : 0);
  for (;;) {
    const start = new Date(Date.UTC(2000, 0, 1));
    start.setUTCFullYear(Math.floor(month / 12), ((month % 12) + 12) % 12, 1);
    const day = Math.round(start / DAY);
    starts.push(day);
    if (day > last) return { starts, unit: months === 1 ? 'month' : 'year' };
    month += months;
  }
}

/// The days that most of what is dated lies in: one old war must not make a line of a year's news.
function usual(dated) {
  const days = dated.map(([first]) => first).sort((a, b) => a - b);
  const [first, last] = [days[0], days[days.length - 1]];
  if (last - first <= 3660) return [first, last];
  const at = share => days[Math.floor((days.length - 1) * share)];
  return [at(0.03), at(0.97)];
}

function drawTimeline(items, what) {
  const dated = items.map(item => item.days).filter(Boolean);
  const told = document.getElementById('told');
  bins = [];
  if (!dated.length) {
    bars.replaceChildren();
    told.textContent = `No ${what} with a date.`;
    return;
  }
  const { starts, unit } = binsOver(...usual(dated));
  bins = starts.slice(0, -1).map((first, number) => ({ first, last: starts[number + 1] - 1, count: 0 }));
  let vague = 0, outside = 0;
  for (const [first, last] of dated) {
    if (first < starts[0] || last >= starts[starts.length - 1]) { outside += 1; continue; }
    let [low, high] = [0, bins.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (bins[middle].first <= first) low = middle; else high = middle - 1;
    }
    if (last <= bins[low].last) bins[low].count += 1; else vague += 1;
  }
  drawBars();
  const parts = [`${counted(dated.length, what)} by ${unit}, ${spoken(iso(bins[0].first))} to ${spoken(iso(bins[bins.length - 1].last))}; at most ${grouped(max(bins.map(bin => bin.count)))} a ${unit}`];
  if (vague) parts.push(`${grouped(vague)} with dates less exact than a ${unit}`);
  if (outside) parts.push(`${grouped(outside)} before or after`);
  if (items.length > dated.length) parts.push(`${grouped(items.length - dated.length)} without a date`);
  told.textContent = `${parts.join('; ')}.`;
}

function drawBars() {
  const [width, height] = [960, 96];
  const most = Math.max(1, max(bins.map(bin => bin.count)));
  const wide = width / bins.length;
  const { from, to } = state;
  const drawn = bins.map((bin, number) => {
    const high = bin.count ? Math.max(2, bin.count / most * (height - 8)) : 0;
    const out = (from !== null && bin.last < from) || (to !== null && bin.first > to);
    return make('rect', {
      class: out ? 'bar out' : 'bar', x: (number * wide).toFixed(2), y: (height - high).toFixed(1),
      width: Math.max(0.5, wide - (wide > 4 ? 1 : 0.2)).toFixed(2), height: high.toFixed(1),
    });
  });
  const frame = make('svg', {
    viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: 'none', role: 'img',
    'aria-label': 'Bars by day; the dates above choose the days too',
  }, ...drawn, make('rect', { id: 'brush', x: 0, y: 0, width: 0, height }));
  const ends = make('div', { class: 'ends' }, make('span', {}, spoken(iso(bins[0].first))),
    make('span', {}, spoken(iso(bins[bins.length - 1].last))));
  bars.replaceChildren(frame, ends);
}

/// The bar under a pointer.
function barAt(event) {
  const { left, width } = bars.firstChild.getBoundingClientRect();
  return Math.max(0, Math.min(bins.length - 1, Math.floor((event.clientX - left) / width * bins.length)));
}

function startTimeline() {
  let start = null;
  const brush = event => {
    const [low, high] = [start, barAt(event)].sort((a, b) => a - b);
    const wide = 960 / bins.length;
    const rect = document.getElementById('brush');
    rect.setAttribute('x', low * wide);
    rect.setAttribute('width', (high - low + 1) * wide);
    return [low, high];
  };
  bars.addEventListener('pointerdown', event => {
    if (event.button || !bins.length) return;
    start = barAt(event);
    bars.setPointerCapture(event.pointerId);
    brush(event);
  });
  bars.addEventListener('pointermove', event => { if (start !== null) brush(event); });
  bars.addEventListener('pointercancel', () => { start = null; });
  bars.addEventListener('pointerup', event => {
    if (start === null) return;
    const [low, high] = brush(event);
    start = null;
    chooseDays(bins[low].first, bins[high].last);
  });
}
