// Begins: a link is exchanged, a key is looked at, then the shell shows the place.

import { api, Problem } from './api.js';
import { h, put } from './dom.js';
import { KEYLESS, go, place, views } from './router.js';
import { currentKey, embedding, ended, forgetKey, me, service, useKey } from './session.js';
import { shell } from './shell.js';
import { Scope } from './store.js';
import * as stream from './stream.js';
import { trouble } from './ui.js';
import { words } from './words.js';

const host = document.getElementById('app');
const lifetime = new Scope();
// A link may name the place that it leads to: #token=…/events/…
const theLink = /^#token=([\w-]+)(\/.*)?$/.exec(location.hash);

if (theLink) {
  // Out of the address, and out of the history, before anything else.
  history.replaceState(null, '', location.pathname + location.search);
}

/** Looks at the key; the start is shown where there is none. False where it says itself why nothing can be shown. */
export async function enter() {
  if (!currentKey()) {
    me.set(null);
    return true;
  }
  try {
    me.set(await api.get('/api/keys'));
    stream.start();
    return true;
  } catch (problem) {
    if (problem instanceof Problem && problem.status === 401) {
      return true;
    }
    if (problem instanceof Problem && problem.elsewhere) {
      // Where it is of no use, or nobody could open the portal here with another one
      forgetKey();
    }
    put(host, h('main.center', {}, trouble(problem, () => location.reload())));
    return false;
  }
}

/** @param place where the link leads to */
async function exchange(token, place) {
  put(host, h('main.center', {}, h('p', { role: 'status' }, words.start.linkOpening)));
  forgetKey();
  try {
    const session = await api.post('/api/portal/sessions/exchange', { token });
    useKey(session.api_key, session.return_url);
    embedding.get()?.lasts?.(session.expires_at);
  } catch (problem) {
    if (problem instanceof Problem && problem.elsewhere && window.parent === window) {
      location.replace(`${problem.elsewhere}/#token=${token}${place}`);
      return new Promise(() => {});
    }
    ended.set(problem.status === 401 ? words.start.linkUsed : problem.message);
  }
}

/** A link that the page around this one gives: what is shown stays where it is. */
async function renew(token) {
  const session = await api.post('/api/portal/sessions/exchange', { token });
  useKey(session.api_key, session.return_url);
  embedding.get()?.lasts?.(session.expires_at);
  await enter();
}

if (window.parent !== window || /[?&](view|navigation|theme|accent|background|font|origin)=/.test(location.search)) {
  const { embed } = await import('./embed.js');
  embed(new URLSearchParams(location.search), (token) => renew(token).catch((problem) => ended.set(problem.message)));
}
if (theLink) {
  await exchange(theLink[1], theLink[2] ?? '');
  if (theLink[2] || !embedding.get()?.view) {
    history.replaceState(null, '', `${location.pathname}${location.search}#${theLink[2] ?? '/'}`);
    window.dispatchEvent(new Event('hashchange'));
  }
}
if (currentKey()) {
  // What the place is made of comes while the key is looked at; whether it comes, whoever opens it sees.
  views.get(place.get().view)?.().catch(() => {});
}
if (await enter()) {
  shell(host, lifetime);
  follow();
  api.get('/api/service').then(service.set).catch(() => {});
}

/** Leads to the start while there is no key, and with one to where one wanted to be. */
function follow() {
  let wanted = null;
  me.watch(lifetime, (holder) => {
    const at = place.get();
    if (!holder) {
      stream.stop();
      if (!KEYLESS.has(at.view)) {
        wanted = at;
      }
      if (at.view !== 'operator') {
        go('start', [], {}, { replace: true });
      }
    } else if (at.view === 'start' && !at.parts.length) {
      const { view, parts, query } = wanted ?? { view: 'overview', parts: [], query: {} };
      wanted = null;
      go(view, parts, query, { replace: true });
    }
  });
}
