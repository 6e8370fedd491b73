// What the file holds, as objects: part.rs and known.rs write what is read here, and the three change together.
// Nothing of it ever becomes markup: every word goes into the page as the text of a node.

const shared = JSON.parse(document.getElementById('shared').textContent);
const words = shared.words;
const STATUS = ['auto', 'confirmed', 'corrected', 'added', 'rejected'];
const SVG = 'http://www.w3.org/2000/svg';

const places = shared.places.map(([name, label, at, precision, id], number) => {
  const place = { number, name, label, precision, id, at };
  if (at) [place.x, place.y] = project(at[0], at[1]);
  return place;
});
const articles = [];
const mentions = [];
const events = [];

/// Web Mercator on the unit square.
function project(lat, lon) {
  const held = Math.max(-85.05112878, Math.min(85.05112878, lat)) * Math.PI / 180;
  return [lon / 360 + 0.5, 0.5 - Math.asinh(Math.tan(held)) / (2 * Math.PI)];
}

/// Reads a part and takes it out of the page, which need not hold it twice.
function readPart(part) {
  for (const row of JSON.parse(part.textContent)) readArticle(row);
  part.remove();
}

function readArticle([heading, outlet, date, days, address, language, sentences, decisions, own, told, text]) {
  const article = {
    number: articles.length, heading, outlet: from(shared.outlets, outlet), date, days, address, language, text,
    mentions: [], events: [],
  };
  for (const row of own) {
    const [sentence, at, length, decision, kind, sense, role, status, who, note, tags, start, end, page] = row;
    const [placed, ...candidates] = decisions[decision];
    const mention = {
      article, sentence: sentences[sentence], at, length, candidates, kind, sense, role, status, who, note, tags,
      start, end, page, events: [], place: null, score: 0,
    };
    if (placed && candidates.length) {
      mention.place = places[candidates[0][0]];
      mention.score = candidates[0][1] / 1000;
    }
    article.mentions.push(mention);
    mentions.push(mention);
  }
  for (const row of told) {
    const [sentence, at, length, type, subtype, polarity, background, when, span, score, sources, targets, where,
      status, who, note] = row;
    const event = {
      article, sentence: sentences[sentence], at, length, type, subtype, polarity, background, date: when, days: span,
      score: score / 1000, sources, targets, status, who, note,
      mentions: where.map(number => article.mentions[number]),
    };
    for (const mention of event.mentions) mention.events.push(event);
    article.events.push(event);
    events.push(event);
  }
  articles.push(article);
}

/// What is told by number, or in full, or not at all.
function from(texts, told) {
  return typeof told === 'number' ? texts[told] : told;
}

function eventTitle(event) {
  if (!event.subtype) return words.events[event.type][0];
  return event.subtype[0].toUpperCase() + event.subtype.slice(1);
}

function eventClass(event) {
  return words.events[event.type][1];
}

/// The band of a score, as the summary has it.
function band(mention) {
  if (!mention.place) return 'none';
  if (mention.status > 0) return 'decided';
  return mention.score >= 0.8 ? 'high' : mention.score >= 0.5 ? 'middling' : 'low';
}

/// A text without what a search does not look at.
function folded(text) {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/// What a search looks at: made when it is first asked for.
function haystack(item) {
  if (item.haystack === undefined) {
    const { article } = item;
    article.folded ??= folded(`${article.heading}\n${article.outlet ?? ''}`);
    const at = item.mentions ? item.mentions.map(mention => mention.place) : [item.place];
    const labels = at.map(place => place ? place.label : '').join('\n');
    const title = item.type === undefined ? '' : eventTitle(item);
    item.haystack = `${article.folded}\n${folded(`${item.sentence}\n${labels}\n${title}`)}`;
  }
  return item.haystack;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/// A date as people write it; what is no whole date as it is.
function spoken(edtf) {
  const parts = /^(\d{4})-(\d\d)(?:-(\d\d))?$/.exec(edtf ?? '');
  const month = parts && MONTHS[parts[2] - 1];
  if (!month) return edtf ?? '';
  return `${parts[3] ? `${Number(parts[3])} ` : ''}${month} ${parts[1]}`;
}

/// A day's number as a date of the calendar; empty where no date field could show it.
function iso(day) {
  const date = new Date(day * 86400000);
  const year = date.getUTCFullYear();
  return year >= 1 && year <= 9999 ? date.toISOString().slice(0, 10) : '';
}

function dayNumber(text) {
  const time = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(time) ? null : Math.round(time / 86400000);
}

/// A number with thin spaces between thousands.
function grouped(number) {
  return String(number).replace(/\B(?=(\d{3})+$)/g, '\u202f');
}

function counted(number, what) {
  return `${grouped(number)} ${what}${number === 1 ? '' : 's'}`;
}

/// An element with attributes and content. Texts become nodes of text, functions listeners.
function make(name, attributes = {}, ...content) {
  const drawn = ['svg', 'g', 'circle', 'path', 'rect', 'text', 'polygon'].includes(name);
  const element = drawn ? document.createElementNS(SVG, name) : document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(key, value);
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(key, value === true ? '' : value);
  }
  element.append(...content.filter(part => part !== null && part !== undefined && part !== ''));
  return element;
}

/// Words of others, which may run the other way than ours.
function bdi(text, kind) {
  return make('bdi', { class: kind }, text);
}
