// Ties the parts together: which pools there are, which is selected, and what comes of it.

import { Charts } from './charts.js';
import { askChange, askToken } from './dialogs.js';
import { $, keyed, make, mark, put } from './dom.js';
import { change, follow, hasToken, keepToken, merged, read, takeToken } from './live.js';
import { Log } from './log.js';
import { showHeadline, showPeople, showSlots, showTiles, showTotals, showWhy } from './panels.js';
import { count, word } from './words.js';

const KEPT_SAMPLES = 620;

const pools = new Map();
const samples = new Map();
const log = new Log();
let charts = null;
let selected = null;
let readOnly = false;
let asking = false;

// ---- which pool

const tabs = keyed($('tabs'), pool => pool.name, pool => {
  const tab = make('button', '', make('span', 'dot'), make('span'), make('span', 'tab-count'), make('span', 'tab-waiters'));
  tab.type = 'button';
  tab.setAttribute('role', 'tab');
  tab.setAttribute('aria-controls', 'panel');
  tab.dataset.pool = pool.name;
  tab.addEventListener('click', () => select(pool.name));
  return tab;
}, (tab, pool) => {
  const [dot, name, size, waiting] = tab.children;
  mark(dot, 'health', pool.health.status);
  put(name, pool.name);
  put(size, `${count(pool.leased)}/${count(pool.maxSize)}`);
  put(waiting, pool.waiters ? `${count(pool.waiters)} wait` : '');
  waiting.hidden = !pool.waiters;
  const isSelected = pool.name === selected;
  tab.setAttribute('aria-selected', String(isSelected));
  tab.tabIndex = isSelected ? 0 : -1;
});

$('tabs').addEventListener('keydown', event => {
  const names = [...pools.keys()];
  const at = names.indexOf(selected);
  const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: names.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  select(names[(to + names.length) % names.length]);
  $('tabs').querySelector('[aria-selected="true"]').focus();
});

function select(name) {
  selected = name;
  log.select(name);
  $('main').hidden = false;
  $('empty').hidden = true;
  charts ??= new Charts($('charts'));
  show();
  loadHistory(name);
}

/** What was before this page was opened, or while it heard nothing. */
async function loadHistory(name) {
  if (samples.get(name)?.loaded) return;
  const kept = series(name);
  kept.loaded = true;
  try {
    const history = await read(name, 'history');
    kept.all = merged(history.samples, kept.all).slice(-KEPT_SAMPLES);
    log.begin(name, history.events);
    if (name === selected) showCharts();
  } catch {
    kept.loaded = false; // tried again when the pool is selected again
  }
}

function series(name) {
  if (!samples.has(name)) samples.set(name, { all: [], loaded: false });
  return samples.get(name);
}

// ---- what comes

function take(list) {
  const names = new Set(list.map(pool => pool.name));
  for (const name of pools.keys()) {
    if (!names.has(name)) {
      pools.delete(name);
      samples.delete(name);
    }
  }
  log.keepOnly(names);
  for (const pool of list) {
    announce(pools.get(pool.name), pool);
    pools.set(pool.name, pool);
    const kept = series(pool.name);
    if (pool.sample && pool.sample.atMillis > (kept.all.at(-1)?.atMillis ?? 0)) {
      kept.all.push(pool.sample);
      if (kept.all.length > KEPT_SAMPLES) kept.all.shift();
    }
  }
  if (!pools.has(selected)) {
    selected = null;
    const next = list[0]?.name;
    if (next) return select(next);
    $('main').hidden = true;
    $('empty').hidden = false;
  }
  if (!document.hidden) show();
}

/** What changed for the better or worse, once, for who does not see it. */
function announce(before, now) {
  if (before && before.health.status !== now.health.status) put($('announce'), `${now.name} is ${word(now.health.status)}: ${now.health.reason}`);
}

function show() {
  tabs([...pools.values()]);
  const pool = pools.get(selected);
  if (!pool) return;
  document.title = `${pool.waiters ? `(${count(pool.waiters)}) ` : ''}${pool.name} – Cenote`;
  showHeadline(pool, readOnly);
  showWhy(pool);
  showTiles(pool);
  showSlots(pool);
  showTotals(pool);
  showCharts();
  askPeople();
}

function showCharts() {
  charts.show(series(selected).all, Number(document.querySelector('[name="window"]:checked').value));
}

/** Asked for one at a time, so that a slow answer delays the next and nothing queues. */
async function askPeople() {
  if (asking) return;
  asking = true;
  const name = selected;
  try {
    const report = await read(name, 'report');
    if (name === selected) showPeople(report);
  } catch {
    // the stream tells when something is wrong
  } finally {
    asking = false;
  }
}

const LIVE_WORDS = { live: 'live', lost: 'connection lost, trying again', locked: 'locked', connecting: 'connecting' };

const on = {
  hello(data) {
    readOnly = data.readOnly;
    $('locked').hidden = true;
    $('main').hidden = !selected;
    for (const kept of samples.values()) kept.loaded = false; // there may be a gap to fill
    take(data.pools);
    if (selected) loadHistory(selected);
  },
  pools(data) { take(data.pools); },
  events(data) { log.add(data.name, data.events, data.missed); },
  state(name) {
    if ($('live').dataset.state === name) return;
    mark($('live'), 'state', name);
    put($('live-text'), LIVE_WORDS[name]);
    put($('announce'), LIVE_WORDS[name]);
  },
};

/** Follows as long as the token is right, and asks for one when it is not. */
async function run() {
  for (;;) {
    await follow(on);
    $('main').hidden = true;
    $('locked').hidden = false;
    let token = await askToken(hasToken() ? 'The token is not the right one.' : '');
    while (!token) {
      await new Promise(done => $('unlock').addEventListener('click', done, { once: true }));
      token = await askToken('');
    }
    keepToken(token);
  }
}

// ---- what is done

const DONE = { pause: 'is paused', ready: 'serves again', clear: 'was cleared', resize: 'was resized' };

async function perform(what, name, body) {
  const pool = await change(name, what, body);
  pools.set(name, { ...pools.get(name), ...pool });
  show();
  toast(`${name} ${DONE[what]}.`, 'good');
}

for (const what of ['pause', 'clear', 'resize']) {
  $(what).addEventListener('click', async () => {
    const pool = pools.get(selected);
    const done = await askChange(what, pool, body => perform(what, pool.name, body));
    if (done && $(what).disabled) $('ready').focus(); // a button without use cannot take the focus back
  });
}
$('ready').addEventListener('click', async () => {
  const name = selected;
  try {
    await perform('ready', name, {});
  } catch (failure) {
    toast(`${name} was not made ready: ${failure.message}`, 'bad');
  }
});

let toastTimer = null;
function toast(text, tone) {
  put($('toast'), text);
  mark($('toast'), 'tone', tone);
  $('toast').hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => { $('toast').hidden = true; }, 6000);
}

// ---- how it looks

const THEMES = ['auto', 'light', 'dark'];
let theme = localStorage.getItem('cenote.theme') ?? 'auto';

function applyTheme() {
  mark(document.documentElement, 'theme', theme === 'auto' ? null : theme);
  put($('theme'), `Theme: ${theme}`);
  charts?.fit(true);
}

$('theme').addEventListener('click', () => {
  theme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length];
  localStorage.setItem('cenote.theme', theme);
  applyTheme();
});
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', applyTheme);
$('windows').addEventListener('change', showCharts);
document.addEventListener('visibilitychange', () => { if (!document.hidden && selected) show(); });
addEventListener('hashchange', () => { if (takeToken()) location.reload(); });

takeToken();
applyTheme();
run();
