// The search's terms, as the box completes them. The service alone decides what they mean.

import { words } from '../words.js';

export const NAMES = Object.keys(words.events.tokens);

const STATUSES = ['pending', 'retrying', 'delivered', 'acknowledged', 'failed', 'dead_letter'];
const ERRORS = ['dns_not_found', 'address_not_allowed', 'connection_refused', 'connect_timeout', 'host_unreachable', 'response_timeout',
  'tls_expired', 'tls_untrusted', 'tls_name_mismatch', 'tls_handshake_failed', 'status_3xx', 'status_4xx', 'status_410', 'status_429', 'status_5xx'];
const TIMES = ['15m', '1h', '24h', '7d'];

/** Parts a query at spaces outside of quotes: `{text, start, end}`. */
export function terms(query) {
  const found = [];
  const pattern = /(?:[^\s"]|"(?:[^"\\]|\\.)*"?)+/g;
  for (const match of query.matchAll(pattern)) {
    found.push({ text: match[0], start: match.index, end: match.index + match[0].length });
  }
  return found;
}

/** The query with a term of this name replaced, added, or taken away (empty value). */
export function withTerm(query, name, value) {
  const rest = terms(query).map(({ text }) => text).filter((text) => !text.startsWith(name));
  return [...rest, value ? name + value : ''].filter(Boolean).join(' ');
}

export function termValue(query, name) {
  return terms(query).find(({ text }) => text.startsWith(name))?.text.slice(name.length) ?? '';
}

/** What a query of types alone takes; null where the service must be asked. */
export function typeFilter(query) {
  const all = terms(query);
  if (!all.every(({ text }) => /^type:[^"]+$/.test(text))) {
    return null;
  }
  return (type) => all.every(({ text }) => {
    const wanted = text.slice(5);
    return wanted.endsWith('.*') ? type.startsWith(wanted.slice(0, -1)) : type === wanted;
  });
}

function quoted(value) {
  return /[\s":]/.test(value) ? `"${value.replaceAll(/(["\\])/g, '\\$1')}"` : value;
}

/**
 * What may stand at the caret: `{text, insert, hint}`, and the range that it replaces.
 * @param {{types: string[], endpoints: {id: string, url: string}[], paths: Set<string>}} known
 */
export function complete(query, caret, known) {
  const term = terms(query).find(({ start, end }) => start <= caret && caret <= end) ?? { text: '', start: caret, end: caret };
  const minus = term.text.startsWith('-') ? '-' : '';
  const text = term.text.slice(minus.length);
  const colon = text.indexOf(':');
  const range = { start: term.start, end: term.end };
  const offer = (list) => ({ ...range, list: list.slice(0, 8) });
  if (colon < 0) {
    const names = NAMES.filter((name) => name.startsWith(text)).map((name) => ({ text: name, insert: minus + name, hint: words.events.tokens[name], open: true }));
    const paths = text.length > 2 ? [...known.paths].filter((path) => path.startsWith(text)).map((path) => ({ text: path, insert: `${minus}${path}:`, hint: '', open: true })) : [];
    return offer(text.startsWith('payload.') ? paths : [...names, ...paths]);
  }
  const name = text.slice(0, colon + 1);
  const typed = text.slice(colon + 1).replace(/^"/, '');
  const values = {
    'type:': known.types.map((type) => ({ value: type })),
    'status:': STATUSES.map((value) => ({ value })),
    'error:': ERRORS.map((value) => ({ value })),
    'since:': TIMES.map((value) => ({ value })),
    'until:': TIMES.map((value) => ({ value })),
    'endpoint:': known.endpoints.map(({ id, url }) => ({ value: id, hint: url })),
    'code:': ['2xx', '4xx', '5xx', '429', '500', '503'].map((value) => ({ value })),
    'attempts:': ['>1', '>3', '>=5'].map((value) => ({ value })),
  }[name] ?? [];
  return offer(values.filter(({ value, hint }) => value !== typed && (value.startsWith(typed) || (hint ?? '').includes(typed)))
    .map(({ value, hint }) => ({ text: value, insert: minus + name + quoted(value), hint: hint ?? '', open: false })));
}
