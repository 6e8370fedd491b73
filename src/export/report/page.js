// What is chosen, and what follows from it: one filter for map, timeline and lists.

const state = { words: [], from: null, to: null, by: 'published', sure: 'all', class: '', tab: 'places' };
/// The mentions, events and articles that the filter leaves.
let shown = new Set();
let shownMentions = [], shownEvents = [], shownArticles = [], shownPlaces = [];
const byId = id => document.getElementById(id);

function isFiltered() {
  return state.words.length > 0 || state.from !== null || state.to !== null || state.sure !== 'all' || state.class !== '';
}

/// Whether an item is within the days chosen. What has no day is in none.
function within(days) {
  if (state.from === null && state.to === null) return true;
  return Boolean(days) && (state.to === null || days[0] <= state.to) && (state.from === null || days[1] >= state.from);
}

function mentionDays(mention) {
  if (state.by === 'published') return within(mention.article.days);
  return (state.from === null && state.to === null) || mention.events.some(event => within(event.days));
}

function eventDays(event) {
  return within(state.by === 'published' ? event.article.days : event.days);
}

const says = item => state.words.every(word => haystack(item).includes(word));
const ofClass = event => state.class === '' || eventClass(event) === Number(state.class);
const isSure = mention => state.sure === 'all' || band(mention) === state.sure;

/// Works out what is shown, and shows it.
function refilter() {
  const classless = state.class === '';
  const all = !isFiltered();
  const said = mentions.filter(mention => isSure(mention) && (classless || mention.events.some(ofClass)) && says(mention));
  const told = events.filter(event => ofClass(event) && (state.sure === 'all' || event.mentions.some(isSure)) && says(event));
  shownMentions = said.filter(mentionDays);
  shownEvents = told.filter(eventDays);
  const speaking = new Set([...shownMentions, ...shownEvents].map(item => item.article));
  shownArticles = all ? articles : articles.filter(article => speaking.has(article));
  shown = new Set([...shownMentions, ...shownEvents]);
  countPlaces();
  const timely = state.by === 'published' ? (all ? articles : [...new Set([...said, ...told].map(item => item.article))]) : told;
  drawTimeline(timely, state.by === 'published' ? 'article' : 'event');
  showMarks(shownPlaces);
  showList();
  byId('clear').disabled = all;
  byId('shown').textContent = `${all ? '' : 'Shown: '}${counted(shownPlaces.length, 'place')}, ${counted(shownMentions.length, 'mention')}, ${counted(shownEvents.length, 'event')}, ${counted(shownArticles.length, 'article')}`;
}

function countPlaces() {
  const counts = new Map();
  for (const mention of shownMentions) {
    if (!mention.place) continue;
    let entry = counts.get(mention.place);
    if (!entry) counts.set(mention.place, entry = { place: mention.place, count: 0, articles: 0, low: true, last: null });
    entry.count += 1;
    if (entry.last !== mention.article) entry.articles += 1;
    entry.last = mention.article;
    entry.low &&= band(mention) === 'low';
  }
  shownPlaces = [...counts.values()].sort((a, b) => b.count - a.count || a.place.number - b.place.number);
}

function showList() {
  const list = byId('list');
  list.replaceChildren();
  list.className = state.tab;
  const none = 'The search and the filters leave nothing here.';
  if (state.tab === 'places') paged(list, shownPlaces, placeRow, none);
  else if (state.tab === 'events') paged(list, shownEvents, eventCard, none);
  else paged(list, shownArticles, articleCard, none);
}

/// Shows what is said of places. The heading takes the focus where somebody chose with the keyboard.
function choose(some, focus) {
  chosenPlaces = new Set(some);
  const [first, ...others] = some;
  const body = byId('detail-body');
  byId('detail-title').replaceChildren(bdi(others.length ? `${first.name} and ${others.length} more nearby` : first.label));
  const quotes = shownMentions.filter(mention => chosenPlaces.has(mention.place));
  body.replaceChildren();
  if (others.length) {
    body.append(make('p', {}, make('button', { type: 'button', click: () => goTo(some) }, 'Zoom in on them')));
    const entries = shownPlaces.filter(({ place }) => chosenPlaces.has(place));
    const nearby = make('div', {});
    paged(nearby, entries, placeRow, '', 8);
    body.append(nearby);
  }
  body.append(make('p', { class: 'quiet' }, `${counted(quotes.length, 'mention')} in ${counted(new Set(quotes.map(({ article }) => article)).size, 'article')}`));
  paged(body, quotes, mention => quoteCard(mention, { place: others.length > 0 }), 'Nothing that is shown is said of it.');
  byId('detail').scrollTop = 0;
  if (focus) byId('detail-title').focus();
  drawMap();
}

function chooseDays(from, to) {
  state.from = from;
  state.to = to;
  byId('from').value = from === null ? '' : iso(from);
  byId('to').value = to === null ? '' : iso(to);
  refilter();
}

function chooseTab(name, focus) {
  state.tab = name;
  for (const tab of document.querySelectorAll('[role=tab]')) {
    const own = tab.id === `tab-${name}`;
    tab.setAttribute('aria-selected', own);
    tab.setAttribute('tabindex', own ? '0' : '-1');
    if (own && focus) tab.focus();
  }
  byId('list').setAttribute('aria-labelledby', `tab-${name}`);
  showList();
}

function startFilters() {
  byId('filters').addEventListener('submit', event => event.preventDefault());
  let pause = 0;
  byId('words').addEventListener('input', () => {
    clearTimeout(pause);
    pause = setTimeout(() => {
      state.words = folded(byId('words').value).split(/\s+/).filter(Boolean);
      refilter();
    }, 150);
  });
  for (const end of ['from', 'to']) {
    byId(end).addEventListener('change', () => {
      state[end] = dayNumber(byId(end).value);
      refilter();
    });
  }
  words.classes.forEach((title, number) => byId('class').append(make('option', { value: number }, title)));
  for (const choice of ['sure', 'class']) {
    byId(choice).addEventListener('change', () => { state[choice] = byId(choice).value; refilter(); });
  }
  for (const by of document.querySelectorAll('[name=by]')) {
    by.addEventListener('change', () => { state.by = by.value; refilter(); });
  }
  byId('clear').addEventListener('click', () => {
    Object.assign(state, { words: [], sure: 'all', class: '' });
    byId('words').value = '';
    byId('sure').value = 'all';
    byId('class').value = '';
    chooseDays(null, null);
  });
  const tabs = ['places', 'events', 'articles'];
  tabs.forEach((name, number) => {
    byId(`tab-${name}`).addEventListener('click', () => chooseTab(name, false));
    byId(`tab-${name}`).addEventListener('keydown', event => {
      const way = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (way) chooseTab(tabs[(number + way + 3) % 3], true);
    });
  });
}

function start() {
  document.querySelectorAll('script.part').forEach(readPart);
  startMap();
  startTimeline();
  startFilters();
  refilter();
}

try {
  start();
} catch (error) {
  // Without its script the page still has its lists.
  document.documentElement.classList.remove('js');
  throw error;
}
