// Who looks: the key of this tab, and what it may do.

import { signal, tabMemory } from './store.js';

const NAME = 'triggers.key';
const RETURN = 'triggers.return';

let key = tabMemory.get(NAME);

/** What `GET /api/keys` says of the key; null without one. */
export const me = signal(null);

/** What `GET /api/service` says; null until it is known. */
export const service = signal(null);

/** In another page: `{view, navigation, ask}`; null elsewhere. */
export const embedding = signal(null);

/** Why the last session ended, to be said at the start. */
export const ended = signal('');

export function currentKey() {
  return key;
}

export function useKey(value, returnUrl) {
  key = value;
  tabMemory.set(NAME, value);
  if (returnUrl) {
    tabMemory.set(RETURN, returnUrl);
  }
  ended.set('');
}

export function forgetKey(reason = '') {
  key = null;
  tabMemory.remove(NAME);
  tabMemory.remove(RETURN);
  ended.set(reason);
  me.set(null);
}

export function returnUrl() {
  const url = tabMemory.get(RETURN);
  return url && /^https?:\/\//.test(url) ? url : null;
}

export function may(...scopes) {
  const holder = me.get();
  return holder !== null && scopes.every((scope) => holder.scopes.includes(scope));
}

/** Held to types or endpoints: some calls are not for such a key. */
export function restricted() {
  const holder = me.get();
  return holder !== null && Boolean(holder.types || holder.endpoint_ids);
}
