// The operator's view: the whole service, its organizations, erasures and what was done. The token lives in this module's
// memory alone: it is gone with the page.

import { asCurl, request } from '../api.js';
import { h, icon, put } from '../dom.js';
import { address, go } from '../router.js';
import { currentKey } from '../session.js';
import { relative, when } from '../time.js';
import { act, badge, button, choice, copy, dialog, facts, field, load, state, toast, visible } from '../ui.js';
import { words } from '../words.js';
import { bars } from './chart.js';
import { keyDialog, linkDialog } from './keys.js';
import { amount, size } from './usage.js';
import { trail } from './audit.js';

const t = words.operator;
const SCOPES = ['events:write', 'events:read', 'inbox:write', 'webhooks:read', 'webhooks:write', 'secrets:read', 'keys:write'];
const DAY = 86400000;
const TABS = { service, organizations, erasures, audit };
const TIERS = ['free', 'pro', 'business', 'enterprise'];

let token = null;

const admin = (method) => (path, value = undefined, options = {}) => request(method, path, { ...(method === 'GET' ? { query: value } : { body: value }), ...options, token }).catch((problem) => {
  if (problem.status === 401) {
    token = null;
    redraw();
  }
  throw problem;
});
const ask = admin('GET');
const post = admin('POST');
const patch = admin('PATCH');

let redraw = () => {};

function curl(method, path, options) {
  return button(words.act.curl, () => copy(asCurl(method, path, { ...options, admin: true }), words.act.curlCopied), { kind: 'plain', icon: 'copy' });
}

export function open({ main, scope, at }) {
  let inner = scope.child();
  let here = at;

  function draw() {
    inner.close();
    inner = scope.child();
    if (!token) {
      door(main, inner, draw);
      return;
    }
    const name = here.parts[0] in TABS ? here.parts[0] : 'service';
    const host = h('div.stack', {});
    put(main, h('div.page', {}, h('div.page-head', {}, h('h1', {}, t.title), h('nav.tabs', { 'aria-label': t.title }, Object.keys(TABS).map((tab) => h('a', { href: address('operator', tab === 'service' ? [] : [tab]), 'aria-current': tab === name ? 'page' : null }, t.tabs[tab]))),
      button(t.forget, () => {
        token = null;
        draw();
      }, { icon: 'out' })), host));
    TABS[name]({ host, scope: inner, at: here });
  }

  redraw = draw;
  scope.end(() => {
    redraw = () => {};
  });
  draw();
  return (to) => {
    here = to;
    draw();
  };
}

function door(main, scope, entered) {
  const input = h('input', { type: 'password', autocomplete: 'off', spellcheck: 'false', required: true });
  const said = h('p.error', { role: 'alert' });
  put(main, h('div.start', {}, h('div.hero.small', {}, h('div.mark', {}, icon('operator')), h('h1', {}, t.title), h('p', {}, t.lead)),
    h('form.card.narrow-card', { onsubmit: (event) => {
      event.preventDefault();
      said.textContent = '';
      act(event.submitter, async () => {
        const tried = input.value.trim();
        try {
          await request('GET', '/api/admin/stats', { token: tried, signal: scope.signal });
        } catch (problem) {
          said.textContent = { 401: t.wrong, 404: t.off }[problem.status] ?? problem.message;
          input.focus();
          return;
        }
        token = tried;
        entered();
        /** @type {HTMLElement | null} */ (main.querySelector('.tabs a'))?.focus();
      });
    } }, field(t.token, input, t.tokenHelp), said, h('button.button.primary', { type: 'submit' }, t.enter)),
    currentKey() ? null : h('p.quiet.center-text', {}, h('a', { href: address('start') }, t.toStart))));
  input.focus({ preventScroll: true });
}

function service({ host, scope }) {
  const figures = h('div.stack', {});
  const secrets = h('section.card', {});
  put(host, h('div.row.end', {}, curl('GET', '/api/admin/stats', {})), figures, secrets);
  const read = () => load(scope, figures, (signal) => ask('/api/admin/stats', {}, { signal }), (found) => {
    const tile = (label, value, note = null, bad = false) => h('div.tile', {}, h('span.label', {}, label), h(`span.value${bad ? '.is-bad' : ''}`, {}, value), note ? h('span.note', {}, note) : null);
    const days = whole(found.days);
    const late = found.oldest_due_at && Date.now() - Date.parse(found.oldest_due_at) > 60000;
    return [h('div.tiles', {}, tile(t.organizations, found.organizations.toLocaleString('en-GB'), t.estimated), tile(t.open, found.open_deliveries.toLocaleString('en-GB'), t.estimated),
      tile(t.oldest, found.oldest_due_at ? relative(found.oldest_due_at) : words.overview.none, null, Boolean(late)), tile(t.circuits, found.circuits_open.toLocaleString('en-GB'), null, found.circuits_open > 0),
      tile(t.instances, found.instances ?? '–', found.versions.map((text) => visible(text)).join(', '))),
    h('div.columns', {}, h('section.card', {}, h('h2', {}, t.storage), days.length ? [h('p.quiet', {}, t.kept(size(days.reduce((sum, { bytes }) => sum + bytes, 0)), days.filter(({ bytes }) => bytes).length)),
      h('h3', {}, t.bytes), bars(days, [{ name: 'bytes', kind: 'plain' }], { range: '30d', label: t.bytes, format: size, step: words.usage.steps.day, names: { bytes: t.bytes } }),
      h('h3', {}, t.events), bars(days, [{ name: 'events', kind: 'ok' }], { range: '30d', label: t.events, format: (n) => amount('events', n), step: words.usage.steps.day, names: { events: t.events } })] : h('p.quiet', {}, words.usage.none)),
    h('section.card', {}, h('h2', {}, t.backlog), h('p.quiet', {}, t.backlogHelp), found.backlog.length ? h('ul.list', {}, found.backlog.map((one) => h('li', {}, h('a.cut.backlog-name', { href: address('operator', ['organizations', one.organization_id]) }, visible(one.name)),
      share(one.open_deliveries / Math.max(1, ...found.backlog.map(({ open_deliveries: n }) => n))), h('span.result', {}, one.open_deliveries.toLocaleString('en-GB'))))) : h('p.quiet', {}, t.noBacklog)))];
  });
  read();
  scope.every(5000, read);
  load(scope, secrets, (signal) => ask('/api/admin/secrets', {}, { signal }), ({ webhook_secret: webhook, api_key_salt: salt }) => [h('div.row.between', {}, h('h2', {}, t.secrets), curl('GET', '/api/admin/secrets', {})), h('p.quiet', {}, t.secretsHelp), facts([
    ['WEBHOOK_SECRET', moved(webhook.values, t.endpointsToMove(webhook.endpoints_to_move), webhook.endpoints_to_move)], ['API_KEY_SALT', moved(salt.values, t.keysToMove(salt.keys_to_move), salt.keys_to_move)]])]);
}

/** Two weeks at least, and no day that is yet to come. */
function whole(days) {
  const known = new Map(days.map((one) => [one.day, one]));
  const today = Math.floor(Date.now() / DAY) * DAY;
  const all = [];
  for (let at = Math.min(today - 13 * DAY, ...days.map(({ day }) => Date.parse(day))); days.length && at <= today; at += DAY) {
    const day = new Date(at).toISOString().slice(0, 10);
    all.push({ bytes: 0, events: 0, ...known.get(day), start: `${day}T00:00:00Z` });
  }
  return all;
}

function moved(values, text, left) {
  return [badge(left ? 'wait' : 'good', left ? text : t.allMoved), h('p.quiet', {}, t.values(values))];
}

function share(part) {
  const bar = h('i', {});
  bar.style.width = `${Math.round(part * 100)}%`;
  return h('span.bar-line.is-accent', { 'aria-hidden': 'true' }, bar);
}

const STATES = { active: 'good', suspended: 'bad', erasing: 'wait' };

/** Whose part of a list is missing. */
function without(cells) {
  return cells.length ? h('p.result.is-bad', { role: 'status' }, t.missing(cells)) : null;
}

function organizations({ host, scope, at }) {
  if (at.parts[1]) {
    organization({ host, scope, id: at.parts[1] });
    return;
  }
  const list = h('div', {});
  const curlHost = h('div', {});
  let query = { q: at.query.get('q') ?? '', state: at.query.get('state') ?? '', tier: at.query.get('tier') ?? '' };
  let shown = [];
  let missing = [];
  let cursor = null;
  const q = h('input', { type: 'search', value: query.q, placeholder: t.find, 'aria-label': t.find, onchange: (event) => narrow({ q: event.target.value.trim() }) });
  put(host, h('section.card', {}, h('div.row.between.wrap', {}, h('div.row.wrap.filters', {}, q, choice(t.states, query.state, (value) => narrow({ state: value }), { 'aria-label': t.state }), choice({ '': t.anyTier, ...Object.fromEntries(TIERS.map((name) => [name, name])) }, query.tier, (value) => narrow({ tier: value }), { 'aria-label': words.keys.tier })),
    h('div.row.wrap', {}, curlHost, button(t.make, make, { kind: 'primary', icon: 'plus' }))), list));

  function narrow(change) {
    query = { ...query, ...change };
    go('operator', ['organizations'], query, { replace: true });
  }

  const draw = () => [without(missing), table()];
  const table = () => (shown.length ? [h('div.table-wrap', { tabindex: '0', role: 'region', 'aria-label': t.organizations }, h('table.list-table', {}, h('thead', {}, h('tr', {}, Object.values(t.columns).map((name) => h('th', { scope: 'col' }, name)))),
    h('tbody', {}, shown.map((one) => h('tr', {}, h('td', {}, h('a', { href: address('operator', ['organizations', one.id]) }, visible(one.name)), one.external_id ? h('p.quiet', {}, visible(one.external_id)) : null), h('td', {}, one.tier), h('td', {}, badge(STATES[one.state], t.states[one.state])),
      h('td', {}, t.today(one.usage_today.accepted), one.usage_today.dead ? h('p.result.is-bad', {}, t.deadToday(one.usage_today.dead)) : null), h('td', {}, when(one.created_at))))))),
  cursor ? button(words.act.more, (event) => act(event, async () => {
    const page = await ask('/api/admin/organizations', { ...query, limit: 50, cursor }, { signal: scope.signal });
    shown.push(...page.organizations);
    missing = page.unreachable_cells ?? [];
    cursor = page.has_more ? page.next_cursor : null;
    put(list, draw());
  })) : null] : query.q || query.state || query.tier ? state('search', t.noMatch, '', button(words.events.clearAct, () => go('operator', ['organizations'], {}, { replace: true }))) : state('operator', t.noOrganization, ''));

  put(curlHost, curl('GET', '/api/admin/organizations', { query }));
  load(scope, list, (signal) => ask('/api/admin/organizations', { ...query, limit: 50 }, { signal }), (page) => {
    shown = page.organizations;
    missing = page.unreachable_cells ?? [];
    cursor = page.has_more ? page.next_cursor : null;
    return draw();
  });

  function make() {
    const name = h('input', { required: true, maxlength: '255', autofocus: true });
    const tier = choice(Object.fromEntries(TIERS.map((one) => [one, one])), 'free');
    const external = h('input', { maxlength: '255', spellcheck: 'false' });
    dialog(t.make, ({ close }) => h('form.stack', { onsubmit: (event) => {
      event.preventDefault();
      act(event.submitter, async () => {
        const body = { name: name.value.trim(), tier: tier.value };
        if (external.value.trim()) {
          body.external_id = external.value.trim();
        }
        const made = await post('/api/admin/organizations', body);
        close();
        go('operator', ['organizations', made.id]);
      });
    } }, field(words.keys.name, name), field(words.keys.tier, tier), field(t.external, external, t.externalHelp), h('div.row.end', {}, button(words.act.cancel, close), h('button.button.primary', { type: 'submit' }, t.make))));
  }
}

function organization({ host, scope, id }) {
  const path = `/api/admin/organizations/${encodeURIComponent(id)}`;
  const box = h('div.stack', {});
  const history = h('div', {});
  put(host, h('a.back', { href: address('operator', ['organizations']) }, icon('left'), t.all), box, history);
  let again = null;
  const nowhere = { query: new URLSearchParams() };
  const read = () => {
    again?.(nowhere);
    return load(scope, box, (signal) => ask(path, {}, { signal }), draw);
  };

  function draw(one) {
    const today = one.usage_today;
    const name = visible(one.name);
    return [h('section.card', {}, h('div.row.between.wrap', {}, h('div.row.wrap', {}, h('h2', {}, name), badge(STATES[one.state], t.states[one.state])), curl('GET', path, {})),
      facts([[words.event.id, h('code', {}, one.id)], one.cell === '00' ? null : [t.cell, one.cell], [words.keys.tier, one.tier], [words.keys.limit, words.keys.perMinute(one.rate_limit_per_minute)], [t.external, one.external_id ? visible(one.external_id) : '–'], [words.keys.created, when(one.created_at)], one.suspended_at ? [t.suspendedAt, when(one.suspended_at)] : null,
        ...Object.entries(one.metadata ?? {}).map(([key, value]) => [visible(key), visible(typeof value === 'string' ? value : JSON.stringify(value))])]),
      one.state === 'erasing' ? h('p.quiet', {}, t.erasingHelp) : h('div.row.wrap', {}, button(t.link, () => linkDialog((body) => post(`${path}/portal-sessions`, body).finally(read), SCOPES), { kind: 'primary' }), button(words.keys.add, () => keyDialog((body) => post(`${path}/keys`, body), SCOPES, read)), button(t.change, () => change(one)),
        one.suspended ? button(t.resume, (event) => act(event, async () => {
          await patch(path, { suspended: false });
          toast(t.resumed);
          read();
        })) : button(t.suspend, () => suspend(name), { kind: 'danger' }), button(t.erase, () => erase(one), { kind: 'danger' }))),
    h('div.tiles', {}, ['accepted', 'duplicates', 'rejected', 'delivered', 'dead', 'bytes', 'reads'].map((series) => h('div.tile', {}, h('span.label', {}, words.usage.names[series]), h(`span.value${series === 'dead' && today[series] ? '.is-bad' : ''}`, {}, amount(series, today[series])), h('span.note', {}, t.todayNote))))];
  }

  function suspend(name) {
    dialog(t.suspendTitle(name), ({ close }) => h('div.stack', {}, h('p', {}, t.suspendHelp), h('div.row.end', {}, button(words.act.cancel, close), button(t.suspend, (event) => act(event, async () => {
      await patch(path, { suspended: true });
      close();
      toast(t.suspended);
      read();
    }), { kind: 'danger' }))));
  }

  function change(one) {
    const name = h('input', { required: true, maxlength: '255', value: one.name, autofocus: true });
    const tiers = [...new Set([one.tier, ...TIERS])];
    const tier = choice(Object.fromEntries(tiers.map((each) => [each, each])), one.tier);
    dialog(t.change, ({ close }) => h('form.stack', { onsubmit: (event) => {
      event.preventDefault();
      act(event.submitter, async () => {
        await patch(path, { name: name.value.trim(), tier: tier.value });
        close();
        toast(words.endpoints.saved);
        read();
      });
    } }, field(words.keys.name, name), field(words.keys.tier, tier), h('div.row.end', {}, button(words.act.cancel, close), h('button.button.primary', { type: 'submit' }, words.act.save))));
  }

  /** The API wants the name too: nobody erases by a slip. */
  function erase(one) {
    const typed = h('input', { required: true, spellcheck: 'false', autocomplete: 'off', autofocus: true });
    dialog(t.eraseTitle(visible(one.name)), ({ close }) => h('form.stack', { onsubmit: (event) => {
      event.preventDefault();
      act(event.submitter, async () => {
        await post('/api/admin/erasures', { organization_id: one.id, confirm_name: typed.value });
        close();
        toast(t.erasing);
        go('operator', ['erasures']);
      });
    } }, h('p', {}, t.eraseHelp), field(t.typeName, typed), h('div.row.end', {}, button(words.act.cancel, close), h('button.button.danger', { type: 'submit' }, t.erase))));
  }

  read();
  again = trail({ host: history, scope, at: nowhere, path: '/api/admin/audit', read: (asked, query, options) => ask(asked, { ...query, organization_id: id }, options), move: () => {}, curl: false, filtered: false });
}

function erasures({ host, scope }) {
  const list = h('div', {});
  put(host, h('section.card', {}, h('div.row.between', {}, h('h2', {}, t.tabs.erasures), curl('GET', '/api/admin/erasures', {})), h('p.quiet', {}, t.erasuresHelp), list));
  let running = true;
  const read = () => load(scope, list, (signal) => ask('/api/admin/erasures', { limit: 50 }, { signal }), ({ erasures: all, unreachable_cells: missing = [] }) => {
    running = all.some(({ state: now }) => now !== 'finished');
    return [without(missing), all.length ? h('ul.list', {}, all.map((one) => h('li', {}, h('div.grow', {}, h('div.row.wrap', {}, badge({ waiting: 'wait', running: 'wait', finished: 'good' }[one.state], t.erasureStates[one.state]), one.organization_id ? h('a', { href: address('operator', ['organizations', one.organization_id]) }, h('code', {}, one.organization_id)) : h('span.quiet', {}, t.gone), h('span.quiet', {}, when(one.requested_at))),
      one.state === 'running' ? h('progress', { 'aria-label': t.removed(one.rows) }) : null,
      h('p.quiet', {}, t.removed(one.rows), one.finished_at ? [', ', t.finished, ' ', when(one.finished_at)] : null),
      h('details', {}, h('summary', {}, t.byTable), h('ul.counts', {}, Object.entries(one.counts).map(([table, rows]) => h('li', {}, h('code', {}, table), ' ', rows.toLocaleString('en-GB')))))))))
      : state('check', t.noErasure, '')];
  });
  read();
  scope.every(2000, () => running && !list.querySelector('details[open]') && read());
}

function audit({ host, scope, at }) {
  trail({ host, scope, at, path: '/api/admin/audit', read: ask, move: (query) => go('operator', ['audit'], query, { replace: true }), curl: false });
}
