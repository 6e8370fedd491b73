// Lists: quotes with how their places were decided, events, articles, places. A list grows by a page at a time.

const PAGE = 30;

/// Shows the first of some items, and a button for more.
function paged(into, items, one, none, page = PAGE) {
  const list = make('ul', { class: 'items' });
  let done = 0;
  const more = make('button', { type: 'button', class: 'more', click: () => grow(true) });
  function grow(focus) {
    const next = items.slice(done, done + page).map(item => make('li', {}, one(item)));
    done += next.length;
    list.append(...next);
    more.hidden = done >= items.length;
    more.textContent = `Show more (${grouped(items.length - done)} left)`;
    if (focus && next.length) {
      next[0].setAttribute('tabindex', '-1');
      next[0].focus();
    }
  }
  into.append(...(items.length ? [list, more] : [make('p', { class: 'quiet' }, none)]));
  grow(false);
}

/// A sentence with its words marked.
function quoted({ sentence, at, length }) {
  return make('blockquote', { dir: 'auto' }, sentence.slice(0, at),
    make('mark', {}, sentence.slice(at, at + length)), sentence.slice(at + length));
}

function placeButton(place) {
  return make('button', { type: 'button', class: 'link', click: () => { choose([place], true); goTo([place]); } }, bdi(place.label));
}

/// Outlet, date and address of an article, after its headline.
function source(article, headline = true) {
  return make('p', { class: 'meta' },
    headline ? make('cite', { dir: 'auto' }, article.heading) : null,
    article.outlet ? bdi(article.outlet) : null,
    article.date ? make('time', {}, spoken(article.date)) : null,
    linkTo(article));
}

/// A link to an article, if its address is one of the web.
function linkTo({ address }) {
  if (!address || !/^https?:\/\//i.test(address)) return null;
  return make('a', { href: address, rel: 'noopener noreferrer', target: '_blank' }, 'Open the article');
}

/// Who settled something, in a few words.
function settled({ status, who }) {
  const by = from(shared.people, who);
  if (!status) return [`chosen by the program`];
  return [`${STATUS[status]}${by ? ' by ' : ''}`, by ? bdi(by) : null];
}

function scored(score) {
  const level = score >= 0.8 ? 'high' : score >= 0.5 ? 'middling' : 'low';
  return make('span', { class: `score ${level}` }, `${score.toFixed(2)} (${level})`);
}

/// How it was decided which place is meant: the reasons, and what else was considered.
function decision(mention) {
  const [best, ...others] = mention.place ? mention.candidates : [null, ...mention.candidates];
  const why = ([number, score, reasons]) => make('li', {}, bdi(places[number].label), ' ', scored(score / 1000),
    reasons.length ? make('ul', {}, ...reasons.map(reason => make('li', { dir: 'auto' }, from(shared.reasons, reason)))) : null);
  const parts = [];
  if (best) parts.push(make('p', {}, ...settled(mention), '; reasons, the strongest first:'), make('ul', {}, why(best)));
  if (others.length) parts.push(make('p', {}, best ? 'Also considered:' : 'Considered, and not taken:'), make('ul', {}, ...others.map(why)));
  if (!parts.length) parts.push(make('p', {}, 'No place of this name is known.'));
  const facts = [words.kinds[mention.kind], mention.sense ? 'stands for a government, team or people' : '',
    mention.place ? `${mention.place.precision}, ${mention.place.at.join(', ')}, ${mention.place.id}` : ''].filter(Boolean);
  if (facts.length) parts.push(make('p', { class: 'quiet' }, facts.join(' · ')));
  return parts;
}

/// A quote with its place, how that was decided, and where it is from.
function quoteCard(mention, { headline = true, place = true } = {}) {
  const details = make('details', {
    toggle: () => { if (details.open && details.childElementCount === 1) details.append(...decision(mention)); },
  }, make('summary', {}, 'How it was decided'));
  return make('div', { class: 'card' }, quoted(mention),
    make('p', { class: 'how' }, place && mention.place ? placeButton(mention.place) : null,
      mention.place ? scored(mention.score) : make('span', { class: 'score low' }, 'without a place'),
      mention.page ? make('span', { class: 'tag' }, `page ${mention.page}`) : null,
      mention.status ? make('span', { class: 'tag' }, ...settled(mention)) : null,
      ...mention.events.slice(0, 4).map(eventTag)),
    mention.note ? make('p', { class: 'note', dir: 'auto' }, mention.note) : null,
    mention.tags ? make('p', { class: 'quiet', dir: 'auto' }, mention.tags) : null,
    details, headline ? source(mention.article) : null);
}

/// The form of a class of events: no colour is the only sign of it.
function classSign(number) {
  const [sides, turn] = [[0, 0], [4, 0.125], [6, 0], [5, 0], [4, 0], [3, 0]][number];
  const corner = n => {
    const angle = (n / sides + turn) * 2 * Math.PI;
    return `${(6 + 5.6 * Math.sin(angle)).toFixed(1)},${(6 - 5.6 * Math.cos(angle)).toFixed(1)}`;
  };
  const form = sides ? make('polygon', { points: Array.from({ length: sides }, (_, n) => corner(n)).join(' ') })
    : make('circle', { cx: 6, cy: 6, r: 4.8 });
  return make('svg', { class: `sign class${number}`, viewBox: '0 0 12 12', 'aria-hidden': 'true' }, form);
}

function eventTag(event) {
  return make('span', { class: 'tag' }, classSign(eventClass(event)), eventTitle(event));
}

function eventCard(event) {
  const doubts = [event.polarity ? words.polarities[event.polarity].toLowerCase() : '', event.background ? 'background' : ''];
  const who = [event.sources, event.targets].filter(Boolean);
  return make('div', { class: 'card' },
    make('p', { class: 'how' }, make('b', {}, classSign(eventClass(event)), eventTitle(event)),
      event.date ? make('time', {}, spoken(event.date)) : null,
      ...doubts.filter(Boolean).map(doubt => make('span', { class: 'tag' }, doubt)),
      scored(event.score), event.status ? make('span', { class: 'tag' }, ...settled(event)) : null),
    quoted(event),
    who.length ? make('p', { class: 'quiet' }, 'Who: ', ...who.flatMap((one, number) => [number ? ' → ' : '', bdi(one)])) : null,
    make('p', { class: 'how' }, ...event.mentions.filter(mention => mention.place).map(mention => placeButton(mention.place))),
    event.note ? make('p', { class: 'note', dir: 'auto' }, event.note) : null,
    source(event.article));
}

/// The text of an article with its mentions marked, paragraph by paragraph.
function fullText(article) {
  // Mentions are counted in code points; the ends that are asked for come ascending.
  const units = [];
  const wanted = article.mentions.flatMap(mention => [mention.start, mention.end]);
  let points = 0, unit = 0;
  for (const at of wanted) {
    while (points < at && unit < article.text.length) {
      unit += article.text.codePointAt(unit) > 0xffff ? 2 : 1;
      points += 1;
    }
    units.push(unit);
  }
  const content = make('div', { class: 'text', dir: 'auto' });
  let done = 0;
  article.mentions.forEach((mention, number) => {
    const [start, end] = [units[2 * number], units[2 * number + 1]];
    const words = make('mark', { title: mention.place ? mention.place.label : 'without a place' }, article.text.slice(start, end));
    content.append(article.text.slice(done, start), words);
    done = end;
  });
  content.append(article.text.slice(done));
  return content;
}

function articleCard(article) {
  const kept = article.mentions.filter(mention => shown.has(mention));
  const happened = article.events.filter(event => shown.has(event));
  const details = make('details', {
    toggle: () => {
      if (!details.open || details.childElementCount > 1) return;
      const body = make('div', {});
      paged(body, kept, mention => quoteCard(mention, { headline: false }), 'No mention is shown.');
      details.append(body);
    },
  }, make('summary', {}, `${counted(kept.length, 'quote')}${happened.length ? `, ${counted(happened.length, 'event')}` : ''}`));
  const text = article.text ? make('details', {
    toggle: () => { if (text.open && text.childElementCount === 1) text.append(fullText(article)); },
  }, make('summary', {}, 'The text')) : null;
  const main = new Map();
  for (const { place } of kept) if (place) main.set(place, (main.get(place) ?? 0) + 1);
  const often = [...main].sort((a, b) => b[1] - a[1]).slice(0, 6).map(([place]) => placeButton(place));
  return make('div', { class: 'card' }, make('h4', { dir: 'auto' }, article.heading), source(article, false),
    often.length ? make('p', { class: 'how' }, ...often) : null, kept.length ? details : null, text);
}

function placeRow({ place, count, articles: of }) {
  return make('div', { class: 'row' }, placeButton(place),
    make('span', { class: 'n' }, counted(count, 'mention'), ' · ', counted(of, 'article')));
}
