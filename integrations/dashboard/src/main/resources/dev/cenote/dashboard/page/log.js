// The log of events: kept short, drawn seldom, so that a thousand events a second cost little.

import { $, make, put } from './dom.js';
import { clock, count, plural } from './words.js';

const KEPT = 1000;
const SHOWN = 200;
const REDRAW = 250;

export class Log {
  constructor() {
    this.byPool = new Map();
    this.pool = null;
    this.paused = false;
    this.frozen = null;
    this.timer = null;
    $('log-filter').addEventListener('input', () => this.draw());
    $('log-warn').addEventListener('change', () => this.draw());
    $('log-clear').addEventListener('click', () => this.empty());
    $('log-pause').addEventListener('click', () => this.pause(!this.paused));
  }

  lines(pool) {
    if (!this.byPool.has(pool)) this.byPool.set(pool, { all: [], told: 0 });
    return this.byPool.get(pool);
  }

  /** What was told before the page was opened. */
  begin(pool, events) {
    const lines = this.lines(pool);
    const newest = events.at(-1)?.atMillis ?? 0;
    lines.all = [...events, ...lines.all.filter(line => line.atMillis > newest)].slice(-KEPT);
    this.drawSoon();
  }

  add(pool, events, missed) {
    const lines = this.lines(pool);
    if (missed) lines.all.push({ atMillis: events[0].atMillis, type: '', level: 'NOTE', text: `${plural(missed, 'event')} not shown: they came too fast`, source: pool });
    lines.all.push(...events);
    lines.told += events.length + missed;
    if (lines.all.length > KEPT) lines.all.splice(0, lines.all.length - KEPT);
    if (pool === this.pool) this.drawSoon();
  }

  keepOnly(pools) {
    for (const pool of this.byPool.keys()) if (!pools.has(pool)) this.byPool.delete(pool);
  }

  select(pool) {
    this.pool = pool;
    this.pause(false);
    this.draw();
  }

  /** While paused, what is shown stays; what comes is kept for later. */
  pause(paused) {
    this.paused = paused;
    this.frozen = paused ? [...this.lines(this.pool).all] : null;
    $('log-pause').setAttribute('aria-pressed', String(paused));
    put($('log-pause'), paused ? 'Go on' : 'Pause');
    this.draw();
  }

  empty() {
    const lines = this.lines(this.pool);
    lines.all = [];
    lines.told = 0;
    this.pause(false);
  }

  drawSoon() {
    this.timer ??= setTimeout(() => {
      this.timer = null;
      if (!document.hidden) this.draw();
    }, REDRAW);
  }

  draw() {
    if (this.pool == null) return;
    const lines = this.lines(this.pool);
    const filter = $('log-filter').value.trim().toLowerCase();
    const warnings = $('log-warn').checked;
    const all = this.frozen ?? lines.all;
    const rows = [];
    for (let i = all.length - 1; i >= 0 && rows.length < SHOWN; i--) {
      const line = all[i];
      if (warnings && line.level !== 'WARN') continue;
      if (filter && !`${line.type} ${line.text}`.toLowerCase().includes(filter)) continue;
      rows.push(line);
    }
    const newer = this.paused ? lines.all.length - this.frozen.length : 0;
    put($('log-count'), `${count(rows.length)} shown, ${count(lines.told)} came since this page was opened${this.paused ? ', paused' : ''}${newer > 0 ? `, ${count(newer)} newer` : ''}`);
    $('no-log').hidden = rows.length > 0;
    this.rows(rows);
  }

  /** Rows are used again, not made anew. */
  rows(lines) {
    const list = $('log-rows');
    while (list.childElementCount > lines.length) list.lastElementChild.remove();
    while (list.childElementCount < lines.length) list.append(make('li', '', make('time'), make('span', 'kind'), make('span', 'what')));
    lines.forEach((line, i) => {
      const row = list.children[i];
      if (row.line === line) return;
      row.line = line;
      row.dataset.level = line.level;
      put(row.children[0], clock(line.atMillis));
      put(row.children[1], line.type);
      put(row.children[2], line.source === this.pool ? line.text : `${line.source}: ${line.text}`);
    });
  }
}
