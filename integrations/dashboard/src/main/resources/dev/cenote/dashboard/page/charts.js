// The charts of one pool: one time axis, one cursor, values in the legend.

import uPlot from './uplot/uPlot.esm.js';
import { make, put, mark } from './dom.js';
import { count, micros, word } from './words.js';

/** A page just opened shows its few seconds large. */
const LEAST_SECONDS = 60;
/** By what is known of the call. A second verdict of the same is paler. */
const FATE_COLOURS = { NOT_EXECUTED: '--c4', ROLLED_BACK: '--c3', UNKNOWN: '--c5', COMMIT_UNKNOWN: '--c1', PERMANENT: '--c6' };
const css = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const clear = (colour, percent) => `color-mix(in srgb, ${colour} ${percent}%, transparent)`;

const paint = series => (series.tint < 100 ? `color-mix(in srgb, ${css(series.colour)} ${series.tint}%, ${css('--surface')})` : css(series.colour));

const latency = (field, what, ...more) => ({
  title: what,
  format: micros,
  log: true,
  series: [
    { label: 'max', colour: '--c6', width: 1, value: s => s[field]?.maxMicros ?? null },
    { label: 'p99', colour: '--c1', value: s => s[field]?.p99Micros ?? null },
    { label: 'p50', colour: '--c2', value: s => s[field]?.p50Micros ?? null },
    ...more,
  ],
});

/** What there is to see. The first series is drawn first; `stack` draws each on top of those that come after it. */
const CHARTS = {
  connections: {
    title: 'Connections',
    stack: true,
    series: [
      { label: 'connecting', colour: '--connecting', value: s => s.connecting },
      { label: 'idle', colour: '--idle', value: s => s.idle },
      { label: 'leased', colour: '--c1', value: s => s.leased },
    ],
    line: { label: 'max', colour: '--muted', value: s => s.maxSize },
  },
  waiters: {
    title: 'Waiting callers',
    series: [{ label: 'waiting', colour: '--c4', fill: true, value: s => s.waiters }],
  },
  wait: latency('wait', 'Wait for a connection', { label: 'waiting', colour: '--c4', value: s => s.longestWaitMicros }),
  use: latency('use', 'Time in use'),
  rates: {
    title: 'Acquires per second',
    series: [{ label: 'acquired', colour: '--c1', fill: true, value: s => s.acquiresPerSecond }],
  },
  churn: {
    title: 'Connections per second',
    series: [
      { label: 'opened', colour: '--c2', value: s => s.createdPerSecond },
      { label: 'closed', colour: '--c6', value: s => s.closedPerSecond },
      { label: 'failed to open', colour: '--c5', value: s => s.connectFailuresPerSecond },
    ],
  },
  refusals: {
    title: 'Acquires in vain, and retries, per second',
    series: [
      { label: 'timed out', colour: '--c5', value: s => s.timeoutsPerSecond },
      { label: 'turned away', colour: '--c4', value: s => s.turnedAwayPerSecond },
      { label: 'circuit open', colour: '--c1', value: s => s.circuitRefusedPerSecond },
      { label: 'retries', colour: '--c3', value: s => s.retriesPerSecond },
    ],
  },
  errors: { title: 'Failed operations per second, by verdict', stack: true, bars: true, series: [] },
};

const STATE_COLOURS = {
  CLOSED: '--good', FORCED_CLOSED: '--c2', HALF_OPEN: '--connecting', OPEN: '--bad', FORCED_OPEN: '--ageing',
  UP: '--good', DEGRADED: '--connecting', DOWN: '--bad',
};
const BAND_ROWS = [['circuit', s => s.circuit], ['health', s => s.health]];

const fate = verdict => verdict.split('/')[1];

/** The verdicts that occur in these samples, as series. */
function verdictSeries(samples) {
  const verdicts = new Set();
  for (const sample of samples) Object.keys(sample.failuresPerSecond).forEach(name => verdicts.add(name));
  return [...verdicts].sort().map((name, index) => ({
    label: word(name).replace('/', ' / '),
    colour: FATE_COLOURS[fate(name)] ?? '--c2',
    tint: [...verdicts].sort().slice(0, index).some(other => fate(other) === fate(name)) ? 50 : 100,
    value: sample => sample.failuresPerSecond[name] ?? 0,
  }));
}

class Chart {
  constructor(name, spec) {
    this.spec = spec;
    this.series = spec.series;
    this.legend = make('ul', 'legend');
    this.plotElement = make('div', 'plot');
    this.figure = make('figure', 'chart card', make('figcaption', '', make('strong', '', spec.title), this.legend), this.plotElement);
    this.figure.id = `chart-${name}`;
    this.plot = null;
    this.samples = [];
  }

  get all() {
    return this.spec.line ? [...this.series, this.spec.line] : this.series;
  }

  build(width) {
    this.plot?.destroy();
    this.legend.replaceChildren();
    this.values = this.all.map(series => {
      const key = make('span', series.fill || this.spec.stack ? 'key block' : 'key');
      key.style.background = paint(series);
      const value = make('b', '');
      this.legend.append(make('li', '', key, series.label, value));
      return value;
    });
    const format = this.spec.format ?? count;
    const axis = { stroke: css('--muted'), ticks: { show: false }, font: '11px system-ui, sans-serif' };
    const grid = { stroke: css('--grid'), width: 1 };
    const powers = this.spec.log ? { filter: (u, splits) => splits.map(powerOfTen) } : {};
    this.plot = new uPlot({
      width,
      height: 150,
      legend: { show: false },
      padding: [8, 26, 0, 0],
      cursor: { sync: { key: 'cenote' }, drag: { x: false, y: false }, points: { size: 6 } },
      scales: { x: { time: true }, y: this.spec.log ? { distr: 3, log: 10, range: (u, low, high) => logRange(low, high) } : { range: (u, low, high) => [0, Math.max(1, high * 1.08)] } },
      axes: [
        { ...axis, grid, size: 24, space: 70, values: (u, splits) => splits.map(timeOfDay) },
        { ...axis, grid: { ...grid, ...powers }, ...powers, size: 56, space: 26, values: (u, splits) => splits.map(split => (split == null ? null : format(split))),
          ...(this.spec.log ? {} : { incrs: STEPS }) },
      ],
      series: [{}, ...this.series.map(series => this.drawn(series)), ...(this.spec.line ? [{ stroke: css(this.spec.line.colour), width: 1, dash: [4, 4], points: { show: false } }] : [])],
      hooks: { setCursor: [() => this.showValues()] },
    }, this.data(), this.plotElement);
    this.showValues();
  }

  drawn(series) {
    const colour = paint(series);
    return {
      stroke: colour,
      width: series.width ?? (this.spec.stack ? 0 : 1.6),
      fill: this.spec.stack ? colour : series.fill ? clear(colour, 22) : undefined,
      paths: this.spec.bars ? uPlot.paths.bars({ size: [1, 12], align: -1 }) : this.spec.stack ? uPlot.paths.stepped({ align: -1 }) : undefined,
      points: { show: Boolean(this.spec.log), size: 3.5, fill: colour, width: 0 },
    };
  }

  data() {
    const times = this.samples.map(sample => sample.atMillis / 1000);
    const raw = this.series.map(series => this.samples.map(series.value));
    if (this.spec.stack) {
      for (let i = raw.length - 2; i >= 0; i--) {
        raw[i] = raw[i].map((value, at) => value + raw[i + 1][at]);
      }
    }
    return [times, ...raw, ...(this.spec.line ? [this.samples.map(this.spec.line.value)] : [])];
  }

  show(samples, range) {
    this.samples = samples;
    if (!this.plot) return;
    this.plot.setData(this.data(), false);
    this.plot.setScale('x', range);
    this.showValues();
    mark(this.figure, 'points', samples.length);
  }

  /** The values under the cursor, or the last ones. */
  showValues() {
    const at = this.plot?.cursor.idx ?? this.samples.length - 1;
    const sample = this.samples[at] ?? this.samples.at(-1);
    this.all.forEach((series, i) => put(this.values[i], sample ? (this.spec.format ?? count)(series.value(sample)) : '–'));
  }

  resize(width) {
    this.plot?.setSize({ width, height: 150 });
  }
}

/** For how long a state lasted: each sample speaks for the time since the one before it, unless that is long ago. */
function stretches(samples, value) {
  const found = [];
  samples.forEach((sample, i) => {
    const previous = samples[i - 1];
    const follows = previous && sample.atMillis - previous.atMillis < 5000;
    const last = found.at(-1);
    const state = value(sample);
    if (last && follows && last.state === state) last.to = sample.atMillis;
    else found.push({ state, from: follows ? previous.atMillis : sample.atMillis - 1000, to: sample.atMillis });
  });
  return found.filter(stretch => stretch.state);
}

/** Circuit and health, one band each. */
class Band extends Chart {
  constructor() {
    super('circuit', { title: 'Circuit and health', series: [] });
    this.figure.classList.add('band');
  }

  build(width) {
    this.plot?.destroy();
    this.legend.replaceChildren();
    this.values = BAND_ROWS.map(([label]) => {
      const value = make('b', '');
      this.legend.append(make('li', '', label, value));
      return value;
    });
    this.plot = new uPlot({
      width,
      height: 150,
      legend: { show: false },
      padding: [8, 26, 0, 0],
      cursor: { sync: { key: 'cenote' }, drag: { x: false, y: false }, y: false, points: { show: false } },
      scales: { x: { time: true }, y: { range: [0, BAND_ROWS.length] } },
      axes: [
        { stroke: css('--muted'), grid: { show: false }, ticks: { show: false }, size: 24, space: 70, font: '11px system-ui, sans-serif', values: (u, splits) => splits.map(timeOfDay) },
        { stroke: css('--muted'), grid: { show: false }, ticks: { show: false }, size: 56, font: '11px system-ui, sans-serif',
          splits: () => BAND_ROWS.map((row, i) => BAND_ROWS.length - i - 0.5), values: () => BAND_ROWS.map(([label]) => label) },
      ],
      series: [{}, { show: true, paths: () => null, points: { show: false } }],
      hooks: { draw: [plot => this.draw(plot)], setCursor: [() => this.showValues()] },
    }, this.data(), this.plotElement);
    this.showValues();
  }

  data() {
    return [this.samples.map(sample => sample.atMillis / 1000), this.samples.map(() => 1)];
  }

  draw(plot) {
    const { ctx, bbox } = plot;
    const row = bbox.height / BAND_ROWS.length;
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
    ctx.clip();
    BAND_ROWS.forEach(([, value], at) => {
      for (const { state, from, to } of stretches(this.samples, value)) {
        const left = plot.valToPos(from / 1000, 'x', true);
        const right = plot.valToPos(to / 1000, 'x', true);
        ctx.fillStyle = css(STATE_COLOURS[state]);
        ctx.fillRect(left, bbox.top + at * row + row * 0.2, Math.max(1, right - left), row * 0.6);
      }
    });
    ctx.restore();
  }

  showValues() {
    const at = this.plot?.cursor.idx ?? this.samples.length - 1;
    const sample = this.samples[at] ?? this.samples.at(-1);
    BAND_ROWS.forEach(([, value], i) => put(this.values[i], sample ? word(value(sample) ?? 'none') : '–'));
  }

  resize(width) {
    this.plot?.setSize({ width, height: 150 });
  }
}

const STEPS = Array.from({ length: 8 }, (none, power) => [1, 2, 5].map(step => step * 10 ** power)).flat();
const timeOfDay = seconds => new Date(seconds * 1000).toTimeString().slice(0, 8);
const logRange = (low, high) => (low == null ? [1, 1000] : [10 ** Math.floor(Math.log10(Math.max(1, low))), 10 ** Math.ceil(Math.log10(Math.max(10, high * 1.01)))]);
const powerOfTen = value => (Number.isInteger(Math.round(Math.log10(value) * 1e6) / 1e6) ? value : null);

/** All charts, in a parent. */
export class Charts {
  constructor(parent) {
    this.parent = parent;
    this.charts = Object.entries(CHARTS).map(([name, spec]) => new Chart(name, spec));
    this.errors = this.charts.find(chart => chart.spec === CHARTS.errors);
    this.charts.splice(2, 0, new Band());
    parent.append(...this.charts.map(chart => chart.figure));
    this.width = 0;
    new ResizeObserver(() => this.fit()).observe(parent);
  }

  /** Takes the width that there is; the plots are built when there first is one, and again for other colours. */
  fit(again = false) {
    const width = Math.floor(this.charts[0].plotElement.clientWidth);
    if (width < 50) return;
    if (again || this.width === 0) this.charts.forEach(chart => chart.build(width));
    else if (width !== this.width) this.charts.forEach(chart => chart.resize(width));
    this.width = width;
    if (this.last) this.show(...this.last);
  }

  show(samples, seconds) {
    this.last = [samples, seconds];
    if (this.width === 0) return;
    const end = (samples.at(-1)?.atMillis ?? Date.now()) / 1000;
    const there = end - (samples[0]?.atMillis ?? 0) / 1000;
    const range = { min: end - Math.min(seconds, Math.max(LEAST_SECONDS, there)), max: end };
    let first = samples.findIndex(sample => sample.atMillis / 1000 >= range.min);
    first = Math.max(0, first - 1);
    const shown = samples.slice(first);
    const series = verdictSeries(shown);
    if (series.map(each => each.label).join() !== this.errors.series.map(each => each.label).join()) {
      this.errors.series = series;
      this.errors.samples = shown;
      this.errors.build(this.width);
    }
    this.charts.forEach(chart => chart.show(shown, range));
  }
}
