// Who changed what, with filters that are in the address.

import { api } from '../api.js';
import { h, put } from '../dom.js';
import { address, go } from '../router.js';
import { exact, when } from '../time.js';
import { act, button, choice, curlButton, field, load, state, visible } from '../ui.js';
import { words } from '../words.js';

const t = words.audit;
const ACTIONS = ['organization.created', 'organization.changed', 'organization.erased', 'key.created', 'key.changed', 'key.rotated', 'key.deleted', 'session.created', 'sessions.ended', 'endpoint.created', 'endpoint.changed', 'endpoint.deleted', 'endpoint.disabled', 'secret.rotated', 'secret.read', 'replay.begun', 'replay.cancelled', 'recovery.begun', 'event.redelivered'];
const HOURS = 3600000;
const SINCE = { '1h': HOURS, '24h': 24 * HOURS, '7d': 168 * HOURS, '30d': 720 * HOURS };

export function show({ host, scope, at }) {
  return trail({ host, scope, at, path: '/api/audit', read: api.get, move: (query) => go('keys', ['audit'], query, { replace: true }) });
}

/** The list, of an organization or of all: `read` asks for it, `move` keeps its filters. */
export function trail({ host, scope, at, path, read: ask, move, curl = true, filtered = true }) {
  let query = filters(at.query);
  let shown = [];
  let cursor = null;
  const action = choice({ '': t.anyAction, ...Object.fromEntries(ACTIONS.map((name) => [name, name])) }, query.action, (value) => narrow({ action: value }));
  const target = h('input', { value: query.target, spellcheck: 'false', placeholder: t.targetHelp, onchange: (event) => narrow({ target: event.target.value.trim() }) });
  const since = choice(t.since, query.since, (value) => narrow({ since: value }));
  const list = h('div', {});
  const curlHost = h('div', {});
  put(host, h('section.card', {}, h('div.row.between.wrap', {}, h('h2', {}, t.title), curlHost), h('p.quiet', {}, t.help), filtered && h('div.fields', {}, field(t.action, action), field(t.target, target), field(t.time, since)), list));

  function narrow(change) {
    move({ ...query, ...change });
  }

  const asked = (more = {}) => ({ action: query.action, target: query.target, since: query.since ? new Date(Date.now() - SINCE[query.since]).toISOString() : '', limit: 50, ...more });

  const draw = () => (shown.length ? [h('ol.audit', {}, shown.map(entry)), cursor ? button(words.act.more, (event) => act(event, async () => {
    const page = await ask(path, asked({ cursor }), { signal: scope.signal });
    shown.push(...page.entries);
    cursor = page.has_more ? page.next_cursor : null;
    put(list, draw());
  })) : null] : query.action || query.target || query.since ? state('search', t.noMatch, t.noMatchHelp, button(words.events.clearAct, () => move({}))) : state('keys', t.none, ''));

  function read() {
    put(curlHost, curl ? curlButton('GET', path, { query: asked() }) : null);
    load(scope, list, (signal) => ask(path, asked(), { signal }), (page) => {
      shown = page.entries;
      cursor = page.has_more ? page.next_cursor : null;
      return draw();
    });
  }

  read();
  return (to) => {
    query = filters(to.query);
    action.value = query.action;
    target.value = query.target;
    since.value = query.since;
    read();
  };
}

function filters(query) {
  const since = query.get('since') ?? '';
  const action = query.get('action') ?? '';
  return { action: ACTIONS.includes(action) ? action : '', target: query.get('target') ?? '', since: since in SINCE ? since : '' };
}

function actor(entry) {
  if (entry.actor === 'key') {
    return [h('strong', {}, visible(entry.key_name ?? '–')), ' ', h('code.quiet', {}, entry.key_id ?? '')];
  }
  return h('strong', {}, t.actors[entry.actor] ?? entry.actor);
}

/** Where a target can be looked at; others are ids. */
function place({ action, target }) {
  if (!target) {
    return null;
  }
  const id = h('code', {}, visible(target));
  if (/^(endpoint|secret|recovery)/.test(action)) {
    return h('a', { href: address('endpoints', [target]) }, id);
  }
  return action.startsWith('event.') ? h('a', { href: address('events', [target]) }, id) : id;
}

const NOTHING = ['null', 'false', '[]', '{}', '""'];

/** What became of each member, next to what it was; of what was made, or is gone, what was said of it. */
function changes({ before, after }) {
  const old = before ?? {};
  const now = after ?? {};
  const told = (name) => JSON.stringify(old[name]) !== JSON.stringify(now[name]) && ((before && after) || !NOTHING.includes(JSON.stringify(old[name] ?? now[name])));
  const names = [...new Set([...Object.keys(old), ...Object.keys(now)])].filter(told);
  const text = (value) => visible(typeof value === 'string' ? value : JSON.stringify(value));
  return names.length ? h('dl.changes', {}, names.slice(0, 20).map((name) => h('div', {}, h('dt', {}, visible(name)), h('dd', {}, name in old ? h('del', {}, text(old[name])) : null, name in old && name in now ? ' ' : null, name in now ? h('ins', {}, text(now[name])) : null)))) : null;
}

function entry(one) {
  return h('li', {}, h('div.row.wrap', {}, h('span.tag', {}, one.action), actor(one), h('span.grow', {}), h('span.quiet', { title: exact(one.at) }, when(one.at))),
    h('p.quiet', {}, place(one), one.address ? [one.target ? ', ' : '', t.from, ' ', h('code', {}, visible(one.address))] : null, one.request_id ? [', ', t.request, ' ', h('code', {}, visible(one.request_id))] : null), changes(one));
}
