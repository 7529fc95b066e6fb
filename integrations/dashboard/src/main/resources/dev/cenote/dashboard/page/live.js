// The dashboard's interface: the token, requests, and the stream of events.

const KEY = 'cenote.token';
const SILENCE = 6000;

/** Takes the token out of the address, where it would stay in the history, and keeps it as long as the tab is open. */
export function takeToken() {
  const given = new URLSearchParams(location.hash.slice(1)).get('token');
  if (given) {
    sessionStorage.setItem(KEY, given);
    history.replaceState(null, '', location.pathname);
  }
  return Boolean(given);
}

export const keepToken = token => sessionStorage.setItem(KEY, token);
export const hasToken = () => Boolean(sessionStorage.getItem(KEY));

function headers(more) {
  const token = sessionStorage.getItem(KEY);
  return token ? { ...more, Authorization: `Bearer ${token}` } : { ...more };
}

/** An answer that is none: with the status and what the dashboard says of it. */
export class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

async function checked(response) {
  if (response.ok) return response;
  const told = await response.json().catch(() => ({}));
  throw new Refused(response.status, told.error ?? `status ${response.status}`);
}

const path = (pool, what) => `api/pools/${encodeURIComponent(pool)}/${what}`;

export async function read(pool, what) {
  const response = await fetch(path(pool, what), { headers: headers(), signal: AbortSignal.timeout(10000) });
  return (await checked(response)).json();
}

export async function change(pool, what, body) {
  const response = await fetch(path(pool, what), {
    method: 'POST',
    headers: headers({ 'Content-Type': 'application/json' }),
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(30000),
  });
  return (await checked(response)).json();
}

/**
 * Follows the stream, and begins again when it breaks. `on` has a function for each kind of event, and `state(name)` for
 * live, lost and locked. Read by fetch, since EventSource can send no header and so no token.
 */
export async function follow(on) {
  for (let failures = 0; ; failures++) {
    try {
      await followOnce(on, () => { failures = 0; });
    } catch (failure) {
      if (failure instanceof Refused && failure.status === 401) {
        on.state('locked');
        return;
      }
    }
    on.state('lost');
    await new Promise(done => setTimeout(done, Math.min(8000, 500 * 2 ** Math.min(failures, 4))));
  }
}

async function followOnce(on, heard) {
  const abort = new AbortController();
  let watchdog = setTimeout(() => abort.abort(), SILENCE);
  try {
    const response = await checked(await fetch('api/events', { headers: headers(), signal: abort.signal }));
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = '';
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      clearTimeout(watchdog);
      watchdog = setTimeout(() => abort.abort(), SILENCE);
      const blocks = (rest + value).split('\n\n');
      rest = blocks.pop();
      blocks.forEach(block => dispatch(block, on));
      heard();
    }
  } finally {
    clearTimeout(watchdog);
    abort.abort();
  }
}

function dispatch(block, on) {
  let event = 'message';
  let data = '';
  for (const line of block.split('\n')) {
    if (line.startsWith('event: ')) event = line.slice(7);
    else if (line.startsWith('data: ')) data += line.slice(6);
  }
  on.state('live');
  on[event]?.(JSON.parse(data));
}

/** The samples of both, each once, the oldest first: those kept may have a gap that the history fills. */
export function merged(history, kept) {
  const byTime = new Map([...history, ...kept].map(sample => [sample.atMillis, sample]));
  return [...byTime.values()].sort((a, b) => a.atMillis - b.atMillis);
}
