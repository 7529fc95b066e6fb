// What is said of the selected pool, beside its charts.

import { $, keyed, make, mark, put } from './dom.js';
import { SLOT_WORDS, count, micros, microsParts, millis, plural, shortMillis, word } from './words.js';

const HEALTH_TONES = { UP: 'good', DEGRADED: 'warn', DOWN: 'bad' };
const STATE_TONES = { READY: 'good', PAUSED: 'warn', CLOSED: 'bad' };
const DENSE_FROM = 49;

/** Name, state, health and what can be done. */
export function showHeadline(pool, readOnly) {
  const { database } = pool;
  put($('pool-name'), pool.name);
  put($('database'), [database.system, [database.server, database.namespace].filter(Boolean).join('/')].filter(Boolean).join(' at '));
  put($('state'), word(pool.state));
  mark($('state'), 'tone', STATE_TONES[pool.state]);
  put($('health'), word(pool.health.status));
  mark($('health'), 'tone', HEALTH_TONES[pool.health.status]);
  put($('reason'), pool.health.reason);
  $('reason').hidden = pool.health.status === 'UP';
  $('controls').hidden = readOnly;
  $('read-only').hidden = !readOnly;
  enable($('pause'), pool.state === 'READY', $('ready'));
  enable($('ready'), pool.state === 'PAUSED', $('pause'));
  enable($('clear'), pool.state === 'READY');
  enable($('resize'), pool.state !== 'CLOSED');
}

/** A button that loses its use while it has the focus hands it to its counterpart. */
function enable(button, enabled, counterpart) {
  if (button.disabled === !enabled) return;
  const focused = document.activeElement === button;
  button.disabled = !enabled;
  if (focused && !enabled && counterpart) {
    counterpart.disabled = false;
    counterpart.focus();
  }
}

const suspicions = keyed($('suspicions'), item => item.cause, () => make('li', '', make('span', 'cause'), make('span', 'evidence')), (row, item) => {
  put(row.firstElementChild, item.words);
  put(row.lastElementChild, item.evidence);
});

/** The reasons that the figures suggest. */
export function showWhy(pool) {
  const items = pool.suspicions.filter((item, i, all) => all.findIndex(other => other.cause === item.cause) === i);
  suspicions(items);
  mark($('why'), 'tone', items.length ? 'bad' : null);
  put($('why-title'), items.length && !pool.waiters ? 'What looks wrong?' : 'Why do callers wait?');
  $('no-suspicion').hidden = items.length > 0;
  put($('no-suspicion'), pool.waiters
    ? `${plural(pool.waiters, 'caller')} ${pool.waiters === 1 ? 'waits' : 'wait'}, and the figures suggest no reason yet.`
    : 'Nobody waits, and nothing looks wrong.');
  const failure = pool.lastConnectFailure;
  const told = items.some(item => item.cause === 'SERVER_DOWN');
  $('connect-failure').hidden = !failure || told;
  if (failure) put($('connect-failure'), `Last connect failure, ${millis(failure.agoMillis)} ago, ${count(failure.inARow)} in a row: ${failure.error}`);
}

const tiles = keyed($('tiles'), item => item.label, item => make('div', 'tile', make('span', 'label', item.label), make('div', 'value', make('span'), make('span', 'unit'))), (tile, item) => {
  const value = tile.lastElementChild;
  put(value.firstElementChild, item.value);
  put(value.lastElementChild, item.unit ?? '');
  mark(tile, 'tone', item.tone ?? null);
});

const sum = values => Object.values(values).reduce((total, value) => total + value, 0);

/** The last second in figures. */
export function showTiles(pool) {
  const sample = pool.sample;
  const rate = (label, value, tone) => ({ label, value: count(value), unit: value == null ? '' : '/s', tone: value > 0 ? tone : null });
  const time = (label, value) => {
    const [figure, unit] = microsParts(value);
    return { label, value: figure, unit };
  };
  tiles([
    rate('acquires', sample?.acquiresPerSecond),
    { label: 'leased', value: count(pool.leased), unit: `of ${count(pool.maxSize)}`, tone: pool.leased >= pool.maxSize ? 'warn' : null },
    { label: 'waiting', value: count(pool.waiters), tone: pool.waiters ? 'warn' : null },
    time('wait p99', sample?.wait?.p99Micros),
    time('use p99', sample?.use?.p99Micros),
    rate('timed out', sample?.timeoutsPerSecond, 'bad'),
    rate('failed', sample && sum(sample.failuresPerSecond), 'bad'),
    rate('opened', sample?.createdPerSecond),
    rate('retries', sample?.retriesPerSecond, 'warn'),
    { label: 'circuit', value: pool.circuit ? word(pool.circuit.state) : 'none', tone: pool.circuit && !pool.circuit.state.endsWith('CLOSED') ? 'bad' : null },
  ]);
}

const slots = keyed($('slots'), (item, index) => index, () => make('li', 'slot', make('span', 'id', make('span'), make('span', 'age')), make('span', 'word'), make('span', 'life')), (element, slot) => {
  const [id, stateWord, life] = element.children;
  mark(element, 'slot', slot.state);
  mark(element, 'mark', slot.closes ? 'closes' : slot.ageing ? 'ageing' : null);
  put(id.firstElementChild, slot.connection == null ? '' : `#${slot.connection}`);
  put(id.lastElementChild, slot.ageMillis == null ? '' : shortMillis(slot.ageMillis));
  put(stateWord, slot.closes ? `${SLOT_WORDS[slot.state]}, ${word(slot.closes)}` : slot.ageing ? `${SLOT_WORDS[slot.state]}, ageing` : SLOT_WORDS[slot.state]);
  const lived = slot.expiresInMillis == null ? 0 : slot.ageMillis / Math.max(1, slot.ageMillis + slot.expiresInMillis);
  life.style.width = `${Math.round(lived * 100)}%`;
  const said = slotSentence(slot);
  if (element.title !== said) {
    element.title = said;
    element.setAttribute('aria-label', said);
  }
});

function slotSentence(slot) {
  const parts = [slot.connection == null ? SLOT_WORDS[slot.state] : `connection ${slot.connection}: ${SLOT_WORDS[slot.state]}`];
  if (slot.ageMillis != null) parts.push(`open for ${millis(slot.ageMillis)}`);
  if (slot.ageing) parts.push('ageing');
  if (slot.expiresInMillis != null) parts.push(slot.expiresInMillis ? `expires in ${millis(slot.expiresInMillis)}` : 'has expired');
  if (slot.closes) parts.push(`closed on return: ${word(slot.closes)}`);
  return parts.join(', ');
}

const legend = keyed($('slot-legend'), item => item.word, item => {
  const key = make('span', 'key');
  if (item.state) key.dataset.slot = item.state;
  if (item.mark) key.dataset.mark = item.mark;
  return make('li', '', key, item.word, make('b'));
}, (element, item) => put(element.lastElementChild, count(item.count)));

/** A picture of the slots, and how many there are of each kind. */
export function showSlots(pool) {
  $('slots').classList.toggle('dense', pool.slots.length >= DENSE_FROM);
  slots(pool.slots);
  const of = state => pool.slots.filter(slot => slot.state === state).length;
  const items = Object.entries(SLOT_WORDS).map(([state, name]) => ({ state, word: name, count: of(state) }));
  const always = ['RUNNING', 'LEASED', 'IDLE', 'CONNECTING', 'EMPTY'];
  legend([
    ...items.filter(item => item.count || always.includes(item.state)),
    { word: 'ageing', mark: 'ageing', count: pool.slots.filter(slot => slot.ageing && !slot.closes).length },
    { word: 'closed on return', mark: 'closes', count: pool.slots.filter(slot => slot.closes).length },
  ]);
  put($('waiting-line'), pool.waiters ? `${plural(pool.waiters, 'caller')} ${pool.waiters === 1 ? 'waits' : 'wait'} for a connection` : 'Nobody waits for a connection');
  mark($('waiting-line'), 'tone', pool.waiters ? 'warn' : null);
}

function holderRow() {
  const operation = make('span', 'op');
  const summary = make('summary');
  const details = make('details', '', summary, make('pre', 'stack mono'));
  return make('tr', '', make('td', 'num'), make('td', 'num'), make('td', '', make('span', 'tag'), operation), make('td', '', make('span', 'thread'), details));
}

const holders = keyed($('holders'), item => `${item.connection}/${item.thread}`, holderRow, (row, item) => {
  const [connection, held, does, where] = row.children;
  put(connection, item.connection);
  put(held, millis(item.ageMillis));
  const [tag, operation] = does.children;
  put(tag, item.running ? 'running' : item.unwrapped ? 'use not known' : `unused for ${millis(item.unusedMillis)}`);
  mark(tag, 'tone', item.running ? 'running' : null);
  put(operation, item.operation ?? 'nothing yet');
  const [thread, details] = where.children;
  put(thread, item.thread + (item.threadEnded ? ' (ended)' : ''));
  details.hidden = item.acquiredAt.length === 0;
  if (item.acquiredAt.length) {
    put(details.firstElementChild, item.acquiredAt[0]);
    put(details.lastElementChild, item.acquiredAt.slice(1).map(frame => `at ${frame}`).join('\n'));
  }
});

const waiters = keyed($('waiters'), (item, index) => index, () => make('tr', '', make('td', 'num'), make('td'), make('td', 'num')), (row, item) => {
  const [waited, thread, holds] = row.children;
  put(waited, millis(item.waitedMillis));
  put(thread, item.thread + (item.asynchronous ? ' (a future)' : ''));
  put(holds, item.holds || '');
});

/** Who holds, and who waits. */
export function showPeople(report) {
  holders(report.holders);
  waiters(report.waiters);
  put($('holder-count'), shownOf(report.holders.length, report.holderCount));
  put($('waiter-count'), shownOf(report.waiters.length, report.waiterCount));
  $('no-holders').hidden = report.holderCount > 0;
  $('no-waiters').hidden = report.waiterCount > 0;
  $('holders').closest('.scroll').hidden = report.holderCount === 0;
  $('waiters').closest('.scroll').hidden = report.waiterCount === 0;
}

const shownOf = (shown, all) => (shown < all ? `${count(shown)} of ${count(all)}` : all ? count(all) : '');

const totals = keyed($('totals'), item => item[0], item => make('div', '', make('dt', '', item[0]), make('dd')), (row, item) => put(row.lastElementChild, item[1]));

/** What has been counted since the pool began. */
export function showTotals(pool) {
  const sums = pool.totals;
  totals([
    ['acquired', count(sums.acquired)],
    ['timed out', count(sums.timedOut)],
    ['shed', count(sums.shed)],
    ['refused, queue full', count(sums.refused)],
    ['opened', count(sums.created)],
    ...Object.entries(sums.closed).map(([reason, many]) => [`closed: ${word(reason)}`, count(many)]),
    ['connect failures', count(sums.connectFailures)],
    ['connecting takes, p50 / p99', pool.sample?.connect ? `${micros(pool.sample.connect.p50Micros)} / ${micros(pool.sample.connect.p99Micros)}` : '–'],
    ['validations failed', count(sums.validationFailures)],
    ['leaks', count(sums.leaks)],
    ['slow uses', count(sums.slowUses)],
    ...Object.entries(sums.failures).map(([verdict, many]) => [`failed: ${word(verdict).replace('/', ' / ')}`, count(many)]),
    ['attempts', count(sums.attempts)],
    ['retries', count(sums.retries)],
    ['retries refused by the budget', count(sums.retriesRefused)],
    ['retry budget left', pool.retryBudgetLeft == null ? 'no budget' : count(pool.retryBudgetLeft)],
    ...(pool.circuit ? [['circuit opened', count(pool.circuit.opened)], ['refused by the circuit', count(pool.circuit.refused)]] : []),
    ['generation', count(pool.generation)],
    ['minSize to maxSize', `${count(pool.minSize)} to ${count(pool.maxSize)}`],
  ]);
}
