// Everything as it happens, over one connection a browser: the tab that holds the lock reads, and tells the others.
// A hidden tab neither reads nor waits for the lock, so when all are hidden there is no connection.

import { headers } from './api.js';
import { parseAnswer } from './json.js';
import { currentKey, forgetKey } from './session.js';
import { signal } from './store.js';
import { words } from './words.js';

const FIRST_BYTES = 8000;
const SILENCE = 40000;
const LONGEST_WAIT = 15000;

/** For so long the log is asked, before the stream is tried again. */
const POLLED = 120000;

/** `off`, `connecting`, `live`, `polling` or `broken`. */
export const state = signal('off');

const listeners = new Set();
let cursor = null;
let running = null;

/** Calls for each of `{kind, data}` until the scope ends; `stream.opened` says that what is shown should be read anew. */
export function listen(scope, listener) {
  listeners.add(listener);
  scope.end(() => listeners.delete(listener));
}

function tell(message) {
  for (const listener of [...listeners]) {
    listener(message);
  }
}

/** A name for the key that tells nothing of it. */
function nameOf(key) {
  let a = 0x811c9dc5;
  let b = 0x01000193;
  for (const character of key) {
    a = Math.imul(a ^ character.charCodeAt(0), 0x01000193);
    b = Math.imul(b + character.charCodeAt(0), 0x85ebca6b) ^ (a >>> 13);
  }
  return `triggers.stream.${(a >>> 0).toString(36)}${(b >>> 0).toString(36)}`;
}

export function start() {
  stop();
  const key = currentKey();
  if (!key) {
    return;
  }
  const run = { abort: new AbortController(), name: nameOf(key), channel: null, reading: null, pollsUntil: 0 };
  running = run;
  try {
    run.channel = new BroadcastChannel(run.name);
    run.channel.onmessage = ({ data }) => receive(run, data, false);
  } catch {
    // A frame within another page may have none.
  }
  const look = () => (document.hidden ? release(run) : acquire(run));
  document.addEventListener('visibilitychange', look, { signal: run.abort.signal });
  window.addEventListener('pagehide', () => release(run), { signal: run.abort.signal });
  look();
}

export function stop() {
  const run = running;
  running = null;
  cursor = null;
  if (run) {
    release(run);
    run.abort.abort();
    run.channel?.close();
  }
  state.set('off');
}

function acquire(run) {
  if (run.reading || running !== run) {
    return;
  }
  const reading = new AbortController();
  run.reading = reading;
  state.set('connecting');
  if (navigator.locks && run.channel) {
    run.channel.postMessage({ ask: true });
    // Refused where a frame may keep nothing: then each reads for itself.
    navigator.locks.request(run.name, { signal: reading.signal }, () => read(run, reading.signal)).catch(({ name }) => name === 'SecurityError' && read(run, reading.signal));
  } else {
    read(run, reading.signal);
  }
}

function release(run) {
  run.reading?.abort();
  run.reading = null;
  run.reads = false;
  if (running === run) {
    state.set('off');
  }
}

/** What this tab read, or what another told. */
function receive(run, message, own) {
  if (running !== run || (!own && !run.reading)) {
    return;
  }
  if (message.ask) {
    if (run.reads) {
      run.channel?.postMessage({ state: state.get(), answers: true });
    }
    return;
  }
  if (own) {
    run.channel?.postMessage(message);
  }
  if (message.state) {
    state.set(message.state);
    if (message.answers) {
      // What came while nobody told this tab.
      tell({ kind: 'stream.opened' });
    }
    return;
  }
  if (message.cursor) {
    cursor = message.cursor;
  }
  if (message.kind !== 'stream.heartbeat') {
    tell(message);
  }
}

async function read(run, abort) {
  run.reads = true;
  let failures = 0;
  while (!abort.aborted) {
    try {
      if (Date.now() < run.pollsUntil) {
        await poll(run, abort);
      } else {
        await follow(run, abort, () => {
          failures = 0;
        });
      }
    } catch (failure) {
      if (abort.aborted) {
        break;
      }
      failures++;
      if (failure instanceof Eaten) {
        run.pollsUntil = Date.now() + POLLED;
        continue;
      }
      if (failure.status === 410) {
        cursor = failure.body?.earliest_cursor ?? failure.body?.cursor ?? null;
      } else if (failure.status === 400) {
        cursor = null;
      } else if (failure.status === 401 || failure.status === 403) {
        receive(run, { state: 'broken' }, true);
        if (failure.status === 401 && running === run) {
          forgetKey(words.start.keyEnded);
        }
        break;
      }
      receive(run, { state: 'connecting' }, true);
    }
    await new Promise((resolve) => setTimeout(resolve, Math.min(LONGEST_WAIT, 500 * 2 ** Math.min(failures, 5))));
  }
}

/** No byte of the answer came through: something on the way holds it back. */
class Eaten extends Error {}

async function refusal(response) {
  const failure = /** @type {any} */ (new Error(`status ${response.status}`));
  failure.status = response.status;
  failure.body = await response.json().catch(() => null);
  return failure;
}

async function follow(run, abort, opened) {
  const connection = new AbortController();
  const end = () => connection.abort();
  abort.addEventListener('abort', end, { once: true });
  let bytes = false;
  let timer = setTimeout(end, FIRST_BYTES);
  try {
    const query = cursor ? `?cursor=${encodeURIComponent(cursor)}` : '';
    const response = await fetch(`/api/stream${query}`, {
      headers: headers({ Accept: 'application/x-ndjson' }),
      signal: connection.signal,
      cache: 'no-store',
      credentials: 'omit',
    });
    if (!response.ok) {
      throw await refusal(response);
    }
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = '';
    for (;;) {
      const { value, done } = await reader.read();
      if (done) {
        return;
      }
      clearTimeout(timer);
      timer = setTimeout(end, SILENCE);
      if (!bytes) {
        bytes = true;
        opened();
        receive(run, { state: 'live' }, true);
        receive(run, { kind: 'stream.opened' }, true);
      }
      rest += value;
      let newline = rest.lastIndexOf('\n');
      if (newline >= 0) {
        for (const line of rest.slice(0, newline).split('\n')) {
          if (line.trim()) {
            receive(run, parseAnswer(line), true);
          }
        }
        rest = rest.slice(newline + 1);
      }
    }
  } catch (failure) {
    if (!abort.aborted && !bytes && connection.signal.aborted) {
      throw new Eaten();
    }
    throw failure;
  } finally {
    clearTimeout(timer);
    abort.removeEventListener('abort', end);
    connection.abort();
  }
}

/** The log instead, by long polls. Only what was accepted comes by it. */
async function poll(run, abort) {
  // The first does not wait: whoever looks is told at once that the log is asked.
  const query = new URLSearchParams({ wait: state.get() === 'polling' ? '20' : '0', limit: '200' });
  query.set(cursor ? 'cursor' : 'from', cursor ?? 'latest');
  const response = await fetch(`/api/events?${query}`, { headers: headers(), signal: abort, cache: 'no-store', credentials: 'omit' });
  if (!response.ok) {
    throw await refusal(response);
  }
  const page = parseAnswer(await response.text());
  if (state.get() !== 'polling') {
    receive(run, { state: 'polling' }, true);
  }
  for (const event of page.events) {
    receive(run, { kind: 'event.accepted', data: event }, true);
  }
  receive(run, { kind: 'stream.opened', cursor: page.next_cursor }, true);
}
