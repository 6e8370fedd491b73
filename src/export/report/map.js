// The map: the ground that stands in the file, moved and scaled; marks by place, those that would cover each other as one.
// Everything is on the unit square of Web Mercator; a view is its middle and how many pixels the world is wide.

const WORLD = 1024;
const NEAREST = 2 ** 20;
const REACH = 34;
const map = document.getElementById('map');
const ground = document.getElementById('world');
const marks = document.getElementById('marks');
const labels = document.getElementById('labels');
const view = { x: 0.5, y: 0.45, w: 1024 };
const size = { width: 960, height: 540 };
/// Clusters by half steps of the zoom, for the marks that are shown.
let clustered = new Map();
/// What marks stand for: places with the number of their mentions, the most first.
let marked = [];
let chosenPlaces = new Set();

/// Puts other marks on the map.
function showMarks(all) {
  marked = all.filter(({ place }) => place.x !== undefined);
  clustered = new Map();
  marks.replaceChildren();
  drawMap();
}

/// The copy of x that is nearest to the middle of the view.
function near(x) {
  return x + Math.round(view.x - x);
}

function onScreen(x, y) {
  return [(near(x) - view.x) * view.w + size.width / 2, (y - view.y) * view.w + size.height / 2];
}

/// The view that the file was made with, in the room that there is.
function home() {
  const [x, y] = map.dataset.middle.split(' ').map(Number);
  const scale = Math.min(size.width / 960, size.height / 540);
  Object.assign(view, { x, y, w: Number(map.dataset.world) * scale });
}

/// Shows all marks.
function fit(some = marked) {
  if (!some.length) return home();
  view.x = some[0].place.x;
  const xs = some.map(({ place }) => near(place.x)), ys = some.map(({ place }) => place.y);
  const [west, east, north, south] = [min(xs), max(xs), min(ys), max(ys)];
  const w = Math.min(size.width * 0.8 / Math.max(east - west, 1e-6), size.height * 0.8 / Math.max(south - north, 1e-6));
  Object.assign(view, { x: (west + east) / 2, y: (north + south) / 2, w: Math.min(w, 16384) });
}

const min = all => all.reduce((a, b) => Math.min(a, b), Infinity);
const max = all => all.reduce((a, b) => Math.max(a, b), -Infinity);

function hold() {
  view.w = Math.max(Math.min(size.width, size.height * 1.1, 900), Math.min(NEAREST, view.w));
  const half = size.height / 2 / view.w;
  view.y = half >= 0.5 ? 0.5 : Math.max(half, Math.min(1 - half, view.y));
  view.x -= Math.floor(view.x);
}

let waiting = false;
function drawMap() {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => { waiting = false; drawNow(); });
}

function drawNow() {
  hold();
  const [left, top] = [size.width / 2 - view.x * view.w, size.height / 2 - view.y * view.w];
  ground.setAttribute('transform', `translate(${left} ${top}) scale(${view.w / WORLD})`);
  for (const level of map.querySelectorAll('#ground > .level')) {
    const from = [0, 1500, 10000][level.dataset.level];
    level.setAttribute('display', view.w >= from ? 'inline' : 'none');
  }
  const half = size.width / 2 / view.w;
  document.getElementById('west').setAttribute('display', view.x - half < 0 ? 'inline' : 'none');
  document.getElementById('east').setAttribute('display', view.x + half > 1 ? 'inline' : 'none');
  drawLabels(drawMarks());
  drawScale();
}

/// Clusters at a zoom: the most mentioned place draws in what lies within reach of it.
function clustersAt(step) {
  if (clustered.has(step)) return clustered.get(step);
  const reach = REACH / (256 * 2 ** step);
  const cells = new Map(), all = [];
  const cell = (x, y) => `${Math.floor(x / reach)} ${Math.floor(y / reach)}`;
  for (const { place, count, low } of marked) {
    let best = null, least = reach;
    for (const dx of [-1, 0, 1]) for (const dy of [-1, 0, 1]) {
      for (const other of cells.get(cell(place.x + dx * reach, place.y + dy * reach)) ?? []) {
        const far = Math.hypot(other.x - place.x, other.y - place.y);
        if (far < least) [best, least] = [other, far];
      }
    }
    if (!best) {
      best = { x: place.x, y: place.y, places: [], count: 0, low: true };
      const key = cell(place.x, place.y);
      if (!cells.has(key)) cells.set(key, []);
      cells.get(key).push(best);
      all.push(best);
    }
    best.places.push(place);
    best.count += count;
    best.low &&= low;
  }
  all.sort((a, b) => b.count - a.count);
  clustered.set(step, all);
  return all;
}

const step = () => Math.round(Math.log2(view.w / 256) * 2) / 2;

/// Marks that lie in the view, each where it belongs. Elements stay as long as their marks do, with their focus.
function drawMarks() {
  const clusters = clustersAt(step());
  const most = clusters.length ? clusters[0].count : 1;
  const seen = [];
  for (const cluster of clusters) {
    const [x, y] = onScreen(cluster.x, cluster.y);
    if (x < -30 || y < -30 || x > size.width + 30 || y > size.height + 30) continue;
    cluster.element ??= markOf(cluster, most);
    cluster.element.setAttribute('transform', `translate(${x.toFixed(1)} ${y.toFixed(1)})`);
    Object.assign(cluster, { at: [x, y] });
    seen.push(cluster);
    if (seen.length === 500) break;
  }
  const wanted = new Set(seen.map(cluster => cluster.element));
  for (const old of [...marks.children]) if (!wanted.has(old)) old.remove();
  // What comes first is drawn last, over the others.
  let next = null;
  for (const { element } of seen) {
    if (!element.isConnected) marks.insertBefore(element, next);
    next = element;
  }
  const focused = seen.find(cluster => cluster.element === document.activeElement) ?? seen[0];
  for (const cluster of seen) {
    cluster.element.setAttribute('tabindex', cluster === focused ? '0' : '-1');
    const chosen = cluster.places.some(place => chosenPlaces.has(place));
    cluster.element.classList.toggle('chosen', chosen);
    cluster.element.setAttribute('aria-pressed', chosen);
  }
  return seen;
}

function clusterName({ places: [first, ...others] }) {
  return others.length ? `${first.name} and ${others.length} more` : first.label;
}

function markOf(cluster, most) {
  const [first] = cluster.places;
  const wide = ['region', 'country', 'wider', 'district'].includes(first.precision) && cluster.places.length === 1;
  const count = cluster.count < 2 ? '' : cluster.count < 1000 ? String(cluster.count) : `${(cluster.count / 1000).toFixed(cluster.count < 10000 ? 1 : 0)}k`;
  // As large as its share says, and as its number needs.
  const radius = Math.max(6 + 12 * Math.sqrt(cluster.count / most), 4 + 3.2 * count.length);
  cluster.radius = radius;
  const element = make('g', {
    class: `mark${wide ? ' wide' : ''}${cluster.low ? ' low' : ''}${cluster.places.length > 1 ? ' many' : ''}`,
    role: 'button', tabindex: -1, 'aria-label': `${clusterName(cluster)}: ${counted(cluster.count, 'mention')}`,
    click: () => { if (!dragged) choose(cluster.places, false); },
    keydown: event => markKey(event, cluster),
  },
  make('circle', { class: 'hit', r: Math.max(14, radius) }),
  make('circle', { class: 'disc', r: radius.toFixed(1) }));
  if (count) element.append(make('text', { 'text-anchor': 'middle', dy: '0.35em' }, count));
  return element;
}

/// Enter chooses; an arrow leads to the nearest mark that lies that way.
function markKey(event, cluster) {
  if (event.key === 'Enter' || event.key === ' ') {
    event.preventDefault();
    event.stopPropagation();
    choose(cluster.places, true);
    return;
  }
  const way = ARROWS[event.key];
  if (!way) return;
  event.preventDefault();
  event.stopPropagation();
  let best = null, least = Infinity;
  for (const other of clustersAt(step())) {
    if (other === cluster || !other.element?.isConnected) continue;
    const [dx, dy] = [other.at[0] - cluster.at[0], other.at[1] - cluster.at[1]];
    const along = dx * way[0] + dy * way[1], across = Math.abs(dx * way[1] - dy * way[0]);
    if (along > 0 && along + 2 * across < least) [best, least] = [other, along + 2 * across];
  }
  best?.element.focus();
  drawMap();
}

/// Names: of the main marks, then of countries, where there is room.
function drawLabels(seen) {
  const taken = seen.map(({ at: [x, y], radius }) => [x - radius, y - radius, x + radius, y + radius]);
  const drawn = [];
  const put = (text, x, y, kind, anchor) => {
    const long = text.length * (kind === 'country' ? 6.4 : 6.8);
    const left = anchor === 'middle' ? x - long / 2 : x;
    const box = [left - 2, y - 9, left + long + 2, y + 7];
    if (left < 2 || box[2] > size.width - 2) return;
    if (taken.some(other => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3])) return;
    taken.push(box);
    drawn.push(make('text', { x: x.toFixed(1), y: (y + 4).toFixed(1), class: kind, 'text-anchor': anchor }, text));
  };
  for (const { places: [{ name }], at: [x, y], radius } of seen.slice(0, 80)) {
    put(name.length > 28 ? `${name.slice(0, 27)}…` : name, x + radius + 4, y, 'name', 'start');
  }
  const zoom = Math.log2(view.w / 256);
  for (const country of shared.countries) {
    if (zoom < country[3] || zoom > country[4]) continue;
    const [x, y] = onScreen(...project(country[1], country[2]));
    if (y > 0 && y < size.height) put(country[0], x, y, 'country', 'middle');
  }
  labels.replaceChildren(...drawn);
}

/// A bar of a round length, true for the middle of the view.
function drawScale() {
  const lat = Math.atan(Math.sinh((0.5 - view.y) * 2 * Math.PI));
  const metres = 40075016.686 * Math.cos(lat) / view.w;
  const most = metres * 120;
  const ten = 10 ** Math.floor(Math.log10(most));
  const round = [5, 2, 1].map(times => times * ten).find(length => length <= most);
  const bar = document.querySelector('#scale span');
  bar.style.width = `${round / metres}px`;
  bar.textContent = round >= 1000 ? `${grouped(round / 1000)} km` : `${round} m`;
}

function zoomBy(factor, x = size.width / 2, y = size.height / 2) {
  const [dx, dy] = [(x - size.width / 2) / view.w, (y - size.height / 2) / view.w];
  const before = view.w;
  view.w *= factor;
  hold();
  const share = 1 - before / view.w;
  view.x += dx * share;
  view.y += dy * share;
  drawMap();
}

/// Brings places into view, if they are not there, or lie under one mark.
function goTo(some) {
  const on = some.filter(place => place.x !== undefined);
  if (!on.length) return;
  const inside = on.every(place => {
    const [x, y] = onScreen(place.x, place.y);
    return x > 20 && y > 20 && x < size.width - 20 && y < size.height - 20;
  });
  if (on.length > 1) fit(on.map(place => ({ place })));
  else if (!inside || view.w < 4096) Object.assign(view, { x: on[0].x, y: on[0].y, w: Math.max(view.w, 6000) });
  drawMap();
}

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
/// Pointers that are down, and whether one of them has gone far enough to mean a move.
const fingers = new Map();
let dragged = false;

function startMap() {
  map.setAttribute('tabindex', '0');
  const box = map.getBoundingClientRect.bind(map);
  const resized = () => {
    const { width, height } = box();
    if (!width || !height) return;
    Object.assign(size, { width, height });
    map.setAttribute('viewBox', `0 0 ${width} ${height}`);
    drawMap();
  };
  resized();
  home();
  new ResizeObserver(resized).observe(document.getElementById('mapbox'));

  map.addEventListener('pointerdown', event => {
    if (event.button) return;
    if (!fingers.size) dragged = false;
    fingers.set(event.pointerId, [event.clientX, event.clientY]);
  });
  addEventListener('pointermove', event => {
    const last = fingers.get(event.pointerId);
    if (!last) return;
    const now = [event.clientX, event.clientY];
    if (!dragged && Math.hypot(now[0] - last[0], now[1] - last[1]) < 4) return;
    dragged = true;
    const others = [...fingers].filter(([id]) => id !== event.pointerId).map(([, at]) => at);
    if (others.length === 1) {
      const [[x, y]] = others, { left, top } = box();
      const factor = Math.hypot(now[0] - x, now[1] - y) / Math.max(1, Math.hypot(last[0] - x, last[1] - y));
      zoomBy(factor, x - left, y - top);
    } else if (!others.length) {
      view.x -= (now[0] - last[0]) / view.w;
      view.y -= (now[1] - last[1]) / view.w;
      drawMap();
    }
    fingers.set(event.pointerId, now);
  });
  const up = event => fingers.delete(event.pointerId);
  addEventListener('pointerup', up);
  addEventListener('pointercancel', up);

  const hint = document.getElementById('hint');
  map.addEventListener('wheel', event => {
    // Whoever scrolls past the map is not stopped by it.
    if (!event.ctrlKey && !map.contains(document.activeElement)) {
      hint.hidden = false;
      setTimeout(() => { hint.hidden = true; }, 1500);
      return;
    }
    event.preventDefault();
    const { left, top } = box();
    const lines = event.deltaMode === 1 ? 20 : 1;
    zoomBy(2 ** (-event.deltaY * lines / 250), event.clientX - left, event.clientY - top);
  }, { passive: false });
  map.addEventListener('dblclick', event => {
    const { left, top } = box();
    zoomBy(2, event.clientX - left, event.clientY - top);
  });
  map.addEventListener('keydown', event => {
    const way = ARROWS[event.key];
    if (way) {
      view.x += way[0] * 80 / view.w;
      view.y += way[1] * 80 / view.w;
      drawMap();
    } else if (event.key === '+' || event.key === '=') zoomBy(1.5);
    else if (event.key === '-') zoomBy(1 / 1.5);
    else if (event.key === '0') { fit(); drawMap(); } else return;
    event.preventDefault();
  });
  document.getElementById('in').addEventListener('click', () => zoomBy(2));
  document.getElementById('out').addEventListener('click', () => zoomBy(0.5));
  document.getElementById('fit').addEventListener('click', () => { fit(); drawMap(); });
}
