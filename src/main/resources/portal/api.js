// The public API, and nothing else.

import { parseAnswer } from './json.js';
import { currentKey, forgetKey } from './session.js';
import { signal } from './store.js';
import { words } from './words.js';

/** What the service answered instead: a problem of RFC 9457, or nothing at all (`status` 0). */
export class Problem extends Error {
  constructor(status, body, retryAfter) {
    super(body?.detail ?? body?.message ?? words.problem.status(status));
    this.status = status;
    this.code = body?.code ?? (status === 0 ? 'unreachable' : 'unknown');
    this.fields = body?.errors ?? [];
    this.missing = body?.missing ?? [];
    this.retryAfter = retryAfter;
    this.body = body;
    /** The origin of the cell that the token belongs to; null where it is this one, or nobody says. */
    this.elsewhere = this.code === 'misdirected' && /^https?:\/\/[^/]+$/.test(body.location) ? body.location : null;
  }
}

/** `{limit, remaining, reset}` of events a minute, as the last answer said. */
export const allowance = signal(null);

/** Whether the service can be reached. */
export const reachable = signal(true);

export function headers(more = {}) {
  const key = currentKey();
  return key ? { 'X-API-Key': key, ...more } : more;
}

function target(path, query) {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== null && value !== undefined && value !== '') {
      search.set(name, String(value));
    }
  }
  const text = search.toString();
  return path + (text ? `?${text}` : '');
}

/** @typedef {{query?: any, body?: any, text?: string, signal?: AbortSignal, patient?: boolean, token?: string, admin?: boolean}} Options */

async function once(method, path, { query, body, text, signal: abort, token } = /** @type {Options} */ ({})) {
  const payload = text ?? (body === undefined ? undefined : JSON.stringify(body));
  const type = payload === undefined ? {} : { 'Content-Type': 'application/json' };
  let response;
  let answer;
  const sentWith = currentKey();
  try {
    response = await fetch(target(path, query), {
      method,
      body: payload,
      headers: token ? { 'X-Admin-Token': token, ...type } : headers(type),
      signal: abort,
      cache: 'no-store',
      credentials: 'omit',
    });
    answer = await response.text();
  } catch (cause) {
    if (abort?.aborted) {
      throw cause;
    }
    reachable.set(false);
    throw new Problem(0, { detail: words.problem.unreachable });
  }
  reachable.set(true);
  const limit = response.headers.get('X-RateLimit-Limit');
  if (limit !== null) {
    allowance.set({
      limit: Number(limit),
      remaining: Number(response.headers.get('X-RateLimit-Remaining')),
      reset: Number(response.headers.get('X-RateLimit-Reset')),
    });
  }
  let data = null;
  try {
    data = answer === '' ? null : parseAnswer(answer);
  } catch {
    throw new Problem(response.status === 200 ? 0 : response.status, { detail: words.problem.garbled });
  }
  if (response.ok) {
    return data;
  }
  if (response.status === 401 && !token && sentWith && sentWith === currentKey()) {
    forgetKey(words.start.keyEnded);
  }
  throw new Problem(response.status, data, Number(response.headers.get('Retry-After')) || data?.retry_after || null);
}

function pause(ms, abort) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    abort?.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(abort.reason);
    }, { once: true });
  });
}

/** Reads again for some seconds while the service is away or busy; what changes something is never repeated. */
async function patiently(path, /** @type {Options} */ options = {}) {
  for (let tries = 0; ; tries++) {
    try {
      return await once('GET', path, options);
    } catch (problem) {
      const passing = problem instanceof Problem && (problem.status === 0 || problem.status === 503 || problem.status === 502);
      const busy = problem instanceof Problem && problem.status === 429 && options.patient;
      if (!(passing || busy) || tries >= 4) {
        throw problem;
      }
      await pause(Math.min(4000, (problem.retryAfter ?? 0) * 1000 || 300 * 2 ** tries), options.signal);
    }
  }
}

/** What takes the operator's token instead of the key: `token` goes along. */
export const request = (method, path, /** @type {Options} */ options = {}) => (method === 'GET' ? patiently(path, options) : once(method, path, options));

export const api = {
  get: (path, query = {}, /** @type {Options} */ options = {}) => patiently(path, { query, ...options }),
  post: (path, body = undefined, /** @type {Options} */ options = {}) => once('POST', path, { body, ...options }),
  postText: (path, text, /** @type {Options} */ options = {}) => once('POST', path, { text, ...options }),
  put: (path, body, /** @type {Options} */ options = {}) => once('PUT', path, { body, ...options }),
  patch: (path, body, /** @type {Options} */ options = {}) => once('PATCH', path, { body, ...options }),
  delete: (path, /** @type {Options} */ options = {}) => once('DELETE', path, options),
};

function quote(text) {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** The same call for a shell; the key stays a variable. */
export function asCurl(method, path, { query, body, text, admin } = /** @type {Options} */ ({})) {
  const payload = text ?? (body === undefined ? undefined : JSON.stringify(body));
  const parts = ['curl -sS -g', method === 'GET' ? '' : `-X ${method}`, quote(location.origin + target(path, query)),
    admin ? '-H "X-Admin-Token: $ADMIN_TOKEN"' : '-H "X-API-Key: $KEY"'];
  if (payload !== undefined) {
    parts.push("-H 'Content-Type: application/json'", `--data-raw ${quote(payload)}`);
  }
  return parts.filter(Boolean).join(' ');
}
