// Keys and access: who may do what, how much of it is used, and who changed what.

import { allowance, api } from '../api.js';
import { h, icon, put } from '../dom.js';
import { address } from '../router.js';
import { may, me, restricted, useKey } from '../session.js';
import * as stream from '../stream.js';
import { when } from '../time.js';
import { act, button, checkbox, choice, confirm, curlButton, dialog, facts, field, load, needs, secretBox, toast, visible } from '../ui.js';
import { words } from '../words.js';

const t = words.keys;
const SCOPES = ['events:write', 'events:read', 'inbox:write', 'webhooks:read', 'webhooks:write', 'secrets:read', 'keys:write'];

/** A session's first scopes, as the API has them. */
const READS = ['events:read', 'webhooks:read'];
const split = (text) => text.split(/[\s,]+/).filter(Boolean);
const tags = (list) => list.map((text) => h('span.tag', {}, visible(text)));

const TABS = { keys: null, usage: () => import('./usage.js'), audit: () => import('./audit.js') };

export function open({ main, scope, at }) {
  const host = h('div.stack', {});
  const tabs = Object.keys(TABS).map((name) => h('a', { href: address('keys', name === 'keys' ? [] : [name]) }, t.tabs[name]));
  put(main, h('div.page', {}, h('div.page-head', {}, h('h1', {}, t.title), h('nav.tabs', { 'aria-label': t.title }, tabs)), host));
  let inner = null;
  let shown = '';

  async function moved(to) {
    const name = to.parts[0] in TABS ? to.parts[0] : 'keys';
    if (name === shown && inner.moved) {
      inner.moved(to);
      return;
    }
    inner?.scope.close();
    const mine = { scope: scope.child(), moved: null };
    inner = mine;
    shown = name;
    Object.keys(TABS).forEach((tab, index) => (tab === name ? tabs[index].setAttribute('aria-current', 'page') : tabs[index].removeAttribute('aria-current')));
    put(host);
    if (name === 'keys') {
      ownKeys(host, mine.scope);
      return;
    }
    const { show } = await TABS[name]();
    if (!mine.scope.closed) {
      mine.moved = show({ host, scope: mine.scope, at: to }) ?? null;
    }
  }

  moved(at);
  return moved;
}

/** Held to types or endpoints: what such a key may not do whatever its scopes. */
function heldBack(what) {
  return restricted() ? h('span.needs', {}, icon('keys'), h('span', {}, t.notHeld(what))) : null;
}

function ownKeys(main, scope) {
  const usage = h('div', {});
  const calling = h('section.card', {});
  const others = h('div', {});
  const session = me.get().api_key_prefix?.startsWith('zap_sess');
  put(main, h('div.columns', {}, calling,
    h('section.card', {}, h('h2', {}, t.session), h('p.quiet', {}, t.sessionHelp), session ? h('p.quiet', {}, t.ofSession) : h('div.row.wrap', {}, button(t.makeLink, () => linkDialog((body) => api.post('/api/portal/sessions', body), SCOPES.filter((name) => may(name)))),
      may('keys:write') && !restricted() ? button(t.endSessions, () => confirm(t.endTitle, t.endHelp, t.endSessions, async () => {
        await api.delete('/api/portal/sessions');
        toast(t.sessionsEnded);
      }), { kind: 'danger' }) : needs('keys:write', t.endSessions) ?? heldBack(t.endSessions)))),
  h('section.card', {}, h('div.row.between.wrap', {}, h('h2', {}, t.others), h('div.row.wrap', {}, curlButton('GET', '/api/organization/keys'),
    may('keys:write') && !restricted() ? button(t.add, makeKey, { icon: 'plus' }) : needs('keys:write', t.add) ?? heldBack(t.add))), others));

  me.watch(scope, (key) => key && put(calling, h('h2', {}, t.calling), facts([
    [t.organization, visible(key.organization_name)], [t.tier, key.tier], [t.limit, t.perMinute(key.rate_limit_per_minute)], [words.event.id, h('code', {}, key.api_key_prefix, '…')],
    [t.scopes, tags(key.scopes)], key.types ? [t.types, tags(key.types)] : null, key.endpoint_ids ? [t.endpoints, tags(key.endpoint_ids)] : null]),
  SCOPES.every((name) => may(name)) ? null : h('p.quiet', {}, t.lacks, ' ', tags(SCOPES.filter((name) => !may(name)))),
  usage, session ? null : h('div.row', {}, button(t.rotate, rotate))));

  allowance.watch(scope, (left) => put(usage, h('p.label', {}, t.usage), left ? [h('progress', { max: left.limit, value: left.remaining, 'aria-label': t.usage }), h('p.quiet', {}, `${left.remaining.toLocaleString('en-GB')} / ${left.limit.toLocaleString('en-GB')}`)] : h('p.quiet', {}, t.unknownUsage)));

  const read = () => load(scope, others, (signal) => api.get('/api/organization/keys', {}, { signal }), ({ keys }) => (keys.length ? h('div.table-wrap', { tabindex: '0', role: 'region', 'aria-label': t.others }, h('table.list-table', {}, h('thead', {}, h('tr', {}, Object.values(t.columns).map((name) => h('th', { scope: 'col' }, name)))),
    h('tbody', {}, keys.map(row)))) : h('p.quiet', {}, t.none)));
  read();

  function row(key) {
    const name = visible(key.name);
    return h('tr', {}, h('td', {}, h('strong', {}, name), key.prefix === me.get()?.api_key_prefix ? [' ', h('span.tag', {}, t.thisOne)] : null, h('p.quiet', {}, h('code', {}, `${key.prefix}…`))),
      h('td', {}, key.scopes.length === SCOPES.length ? h('span.tag', {}, t.allScopes) : tags(key.scopes), key.types ? h('p.quiet', {}, t.types, ' ', tags(key.types)) : null, key.endpoint_ids ? h('p.quiet', {}, t.endpoints, ' ', tags(key.endpoint_ids)) : null),
      h('td', {}, h('span.narrow-label', {}, `${t.columns.used} `), key.last_used_at ? when(key.last_used_at) : h('span.quiet', {}, t.never)),
      h('td', {}, h('span.narrow-label', {}, `${t.columns.ends} `), key.expires_at ? when(key.expires_at) : h('span.quiet', {}, t.never), key.rotated_at ? h('p.quiet', {}, t.rotatedAt, ' ', when(key.rotated_at)) : null),
      h('td', {}, h('div.row', {}, button(t.change, () => changeKey(key), { 'aria-label': `${t.change} ${name}` }), button(t.delete, () => confirm(t.deleteTitle(name), t.deleteHelp, t.delete, async () => {
        await api.delete(`/api/organization/keys/${key.id}`);
        toast(t.deleted);
        read();
      }), { kind: 'danger', 'aria-label': `${t.delete} ${name}` }))));
  }

  function rotate() {
    const grace = choice(t.graces, '3600');
    dialog(t.rotateTitle, ({ close }) => h('div.stack', {}, h('p.quiet', {}, t.rotateHelp), field(t.grace, grace), h('div.row.end', {}, button(words.act.cancel, close), button(t.rotate, (event) => act(event, async () => {
      const made = await api.post('/api/keys/rotate', { grace_period_seconds: Number(grace.value) });
      useKey(made.api_key);
      close();
      me.set(await api.get('/api/keys'));
      stream.start();
      showKey(t.rotated, made.api_key);
      read();
    }), { kind: 'primary' }))));
  }

  function changeKey(key) {
    const name = h('input', { required: true, maxlength: '255', value: key.name, autofocus: true });
    const given = scopeBoxes(SCOPES.filter((scopeName) => may(scopeName) || key.scopes.includes(scopeName)), key.scopes);
    dialog(t.changeTitle(visible(key.name)), ({ close }) => h('form.stack', { onsubmit: (event) => {
      event.preventDefault();
      act(event.submitter, async () => {
        const body = { name: name.value.trim() };
        if (given.chosen().join() !== SCOPES.filter((scopeName) => key.scopes.includes(scopeName)).join()) {
          body.scopes = given.chosen();
        }
        await api.patch(`/api/organization/keys/${key.id}`, body);
        close();
        toast(words.endpoints.saved);
        read();
      });
    } }, h('p.quiet', {}, t.changeHelp), field(t.name, name), given.element, h('div.row.end', {}, button(words.act.cancel, close), h('button.button.primary', { type: 'submit' }, words.act.save))));
  }

  function makeKey() {
    keyDialog((body) => api.post('/api/organization/keys', body), SCOPES.filter((name) => may(name)), read);
  }
}

/** Only what the calling key has: it can give no more. */
export function scopeBoxes(offered, chosen) {
  const boxes = offered.map((name) => /** @type {[string, ReturnType<typeof checkbox>]} */ ([name, checkbox(name, chosen.includes(name))]));
  boxes.forEach(([name, { element }]) => element.append(h('span.quiet', {}, t.scopeHelp[name])));
  return { element: h('fieldset.scopes', {}, h('legend.label', {}, t.scopes), boxes.map(([, { element }]) => element)), chosen: () => boxes.filter(([, { input }]) => input.checked).map(([name]) => name) };
}

export function showKey(help, key) {
  dialog(t.made, ({ close }) => h('div.stack', {}, h('p.quiet', {}, help), secretBox(words.start.key, key), h('div.row.end', {}, button(words.act.close, close, { kind: 'primary' }))));
}

export function keyDialog(make, offered, made) {
  const name = h('input', { required: true, maxlength: '255', autofocus: true });
  const expires = choice(t.expiries, '');
  const types = h('input', { spellcheck: 'false', placeholder: 'invoice.*' });
  const endpoints = h('input', { spellcheck: 'false' });
  const scopes = scopeBoxes(offered, offered);
  dialog(t.add, ({ close }) => h('form.stack', { onsubmit: (event) => {
    event.preventDefault();
    act(event.submitter, async () => {
      const body = { name: name.value.trim(), scopes: scopes.chosen(), ...restrictions(types, endpoints) };
      if (expires.value) {
        body.expires_in = Number(expires.value);
      }
      const answer = await make(body);
      close();
      showKey(t.madeHelp, answer.api_key);
      made();
    });
  } }, field(t.name, name), scopes.element, h('div.fields', {}, field(t.types, types, t.typesHelp), field(t.endpoints, endpoints, t.endpointsHelp), field(t.expires, expires)), h('div.row.end', {}, button(words.act.cancel, close), h('button.button.primary', { type: 'submit' }, t.add))), { wide: true });
}

function restrictions(types, endpoints) {
  const body = /** @type {any} */ ({});
  if (split(types.value).length) {
    body.types = split(types.value);
  }
  if (split(endpoints.value).length) {
    body.endpoint_ids = split(endpoints.value);
  }
  return body;
}

export function linkDialog(make, offered) {
  const types = h('input', { spellcheck: 'false', placeholder: 'invoice.*', autofocus: true });
  const endpoints = h('input', { spellcheck: 'false' });
  const lasts = choice(t.sessionTimes, '3600');
  const back = h('input', { type: 'url', placeholder: 'https://app.example.com/' });
  const scopes = scopeBoxes(offered, READS);
  dialog(t.makeLink, ({ close }) => h('form.stack', { onsubmit: (event) => {
    event.preventDefault();
    act(event.submitter, async () => {
      const body = { scopes: scopes.chosen(), expires_in: Number(lasts.value), ...restrictions(types, endpoints) };
      if (back.value) {
        body.return_url = back.value;
      }
      const made = await make(body);
      close();
      dialog(t.session, (shown) => h('div.stack', {}, h('p.quiet', {}, t.linkHelp), secretBox(t.url, made.url), h('p.quiet', {}, t.linkEnds, ' ', when(made.expires_at)), h('div.row.end', {}, button(words.act.close, shown.close, { kind: 'primary' }))));
    });
  } }, h('p.quiet', {}, t.sessionHelp), scopes.element, h('div.fields', {}, field(t.types, types, t.typesHelp), field(t.endpoints, endpoints, t.endpointsHelp), field(t.lasts, lasts), field(t.returnUrl, back, t.returnHelp)), h('div.row.end', {}, button(words.act.cancel, close), h('button.button.primary', { type: 'submit' }, t.makeLink))), { wide: true });
}
