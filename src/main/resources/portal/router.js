// Where one is, in the fragment: no server, no proxy and no log sees what is looked for.

import { signal } from './store.js';

/** @type {[string, () => Promise<any>][]} */
const ROUTES = [
  ['start', () => import('./views/start.js')],
  ['overview', () => import('./views/overview.js')],
  ['events', () => import('./views/events.js')],
  ['inbox', () => import('./views/inbox.js')],
  ['endpoints', () => import('./views/endpoints.js')],
  ['repair', () => import('./views/repair.js')],
  ['keys', () => import('./views/keys.js')],
  ['playground', () => import('./views/playground.js')],
  ['operator', () => import('./views/operator.js')],
];

export const views = new Map(ROUTES);

/** What takes no key, or another one. */
export const KEYLESS = new Set(['start', 'operator']);

/** `{view, parts, query}`; parts are what follows the view's name. */
export const place = signal(read());

function read() {
  // Anything else in the fragment is no place: a link's token.
  const [path, search] = location.hash.startsWith('#/') ? location.hash.slice(2).split('?') : [''];
  const [view, ...parts] = path.split('/').map((part) => {
    try {
      return decodeURIComponent(part);
    } catch {
      return part;
    }
  });
  return { view: view || 'overview', parts: parts.filter(Boolean), query: new URLSearchParams(search ?? '') };
}

/** The address of a place, for links. */
export function address(view, parts = [], query = {}) {
  const search = new URLSearchParams();
  for (const [name, value] of query instanceof URLSearchParams ? query : Object.entries(query)) {
    if (value !== '' && value !== null && value !== undefined) {
      search.set(name, value);
    }
  }
  const text = search.toString();
  return `#/${[view, ...parts].map(encodeURIComponent).join('/')}${text ? `?${text}` : ''}`;
}

export function go(view, parts, query, { replace = false } = {}) {
  const target = address(view, parts, query);
  if (target === location.hash) {
    return;
  }
  history[replace ? 'replaceState' : 'pushState'](null, '', target);
  place.set(read());
}

window.addEventListener('hashchange', () => place.set(read()));
window.addEventListener('popstate', () => place.set(read()));
