// Figures as people read them.

const number = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

/** A count or a rate: no fraction where it says nothing. */
export function count(value) {
  return value == null ? '–' : Math.abs(value) >= 100 ? whole.format(value) : number.format(value);
}

/** A duration in microseconds, in two parts: figure and unit. */
export function microsParts(micros) {
  if (micros == null) return ['–', ''];
  if (micros < 1000) return [micros < 10 ? number.format(micros) : whole.format(micros), 'µs'];
  const millis = micros / 1000;
  if (millis < 1000) return [millis < 100 ? number.format(millis) : whole.format(millis), 'ms'];
  return [number.format(millis / 1000), 's'];
}

export const micros = value => microsParts(value).filter(Boolean).join(' ');

/** A duration in milliseconds. */
export function millis(value) {
  if (value < 1000) return `${whole.format(value)} ms`;
  const seconds = value / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${String(Math.floor(seconds % 60)).padStart(2, '0')} s`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${String(minutes % 60).padStart(2, '0')} min` : `${Math.floor(hours / 24)} d`;
}

/** A duration in milliseconds, short enough for a slot. */
export function shortMillis(value) {
  const seconds = Math.floor(value / 1000);
  if (seconds < 60) return `${seconds}s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)}m`;
  return seconds < 172800 ? `${Math.floor(seconds / 3600)}h` : `${Math.floor(seconds / 86400)}d`;
}

/** The time of day, to the millisecond. */
export function clock(atMillis) {
  const at = new Date(atMillis);
  const two = value => String(value).padStart(2, '0');
  return `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}.${String(at.getMilliseconds()).padStart(3, '0')}`;
}

/** A name of the code as a word. */
export const word = name => name.toLowerCase().replaceAll('_', ' ');

export const plural = (many, noun) => `${count(many)} ${noun}${many === 1 ? '' : 's'}`;

/** What each state of a slot is called, in the order of the legend. */
export const SLOT_WORDS = {
  RUNNING: 'running',
  LEASED: 'leased',
  RETURNING: 'returning',
  IDLE: 'idle',
  UNPROVEN: 'unproven',
  VALIDATING: 'validating',
  CONNECTING: 'connecting',
  CLOSING: 'closing',
  EMPTY: 'empty',
};
