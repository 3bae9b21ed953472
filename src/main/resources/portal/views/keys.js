// Keys: the one that looks, the organization's others, links for those who have none.

import { allowance, api } from '../api.js';
import { h, put } from '../dom.js';
import { may, me, restricted, useKey } from '../session.js';
import * as stream from '../stream.js';
import { when } from '../time.js';
import { act, button, checkbox, choice, confirm, curlButton, dialog, facts, field, load, secretBox, toast, visible } from '../ui.js';
import { words } from '../words.js';

const t = words.keys;
const SCOPES = ['events:write', 'events:read', 'inbox:write', 'webhooks:read', 'webhooks:write', 'secrets:read', 'keys:write'];
const split = (text) => text.split(/[\s,]+/).filter(Boolean);
const tags = (list) => list.map((text) => h('span.tag', {}, visible(text)));

export function open({ main, scope }) {
  const usage = h('div', {});
  const calling = h('section.card', {});
  const others = h('div', {});
  const session = me.get().api_key_prefix?.startsWith('zap_sess');
  put(main, h('div.page', {}, h('div.page-head', {}, h('h1', {}, t.title), curlButton('GET', '/api/keys')), h('div.columns', {}, calling,
    session ? null : h('section.card', {}, h('h2', {}, t.session), h('p.quiet', {}, t.sessionHelp), h('div.row.wrap', {}, button(t.makeLink, makeLink), may('keys:write') ? button(t.endSessions, (event) => act(event, async () => {
      await api.delete('/api/portal/sessions');
      toast(t.sessionsEnded);
    })) : null))),
  h('section.card', {}, h('div.row.between', {}, h('h2', {}, t.others), may('keys:write') && !restricted() ? button(t.add, makeKey, { icon: 'plus' }) : null), others)));

  me.watch(scope, (key) => key && put(calling, h('h2', {}, t.calling), facts([
    [t.organization, visible(key.organization_name)], [t.tier, key.tier], [t.limit, t.perMinute(key.rate_limit_per_minute)], [words.event.id, h('code', {}, key.api_key_prefix, '…')],
    [t.scopes, tags(key.scopes)], key.types ? [t.types, tags(key.types)] : null, key.endpoint_ids ? [t.endpoints, tags(key.endpoint_ids)] : null]), usage,
  session ? null : h('div.row', {}, button(t.rotate, rotate))));

  allowance.watch(scope, (left) => put(usage, h('p.label', {}, t.usage), left ? [h('progress', { max: left.limit, value: left.remaining, 'aria-label': t.usage }), h('p.quiet', {}, `${left.remaining.toLocaleString('en-GB')} / ${left.limit.toLocaleString('en-GB')}`)] : h('p.quiet', {}, t.unknownUsage)));

  const read = () => load(scope, others, (signal) => api.get('/api/organization/keys', {}, { signal }), ({ keys }) => (keys.length ? h('div.table-wrap', { tabindex: '0', role: 'region', 'aria-label': t.others }, h('table.list-table', {}, h('thead', {}, h('tr', {}, Object.values(t.columns).map((name) => h('th', { scope: 'col' }, name)))),
    h('tbody', {}, keys.map((key) => h('tr', {}, h('td', {}, h('strong', {}, visible(key.name)), h('p.quiet', {}, h('code', {}, `${key.prefix}…`))), h('td', {}, tags(key.scopes), key.types ? tags(key.types) : null),
      h('td', {}, key.last_used_at ? when(key.last_used_at) : h('span.quiet', {}, t.never)), h('td', {}, key.expires_at ? when(key.expires_at) : h('span.quiet', {}, t.never)),
      h('td', {}, button(t.delete, () => confirm(t.deleteTitle(visible(key.name)), t.deleteHelp, t.delete, async () => {
        await api.delete(`/api/organization/keys/${key.id}`);
        toast(t.deleted);
        read();
      }), { kind: 'danger', 'aria-label': `${t.delete} ${visible(key.name)}` }))))))) : h('p.quiet', {}, t.none)));
  read();

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

  function showKey(help, key) {
    dialog(t.made, ({ close }) => h('div.stack', {}, h('p.quiet', {}, help), secretBox(words.start.key, key), h('div.row.end', {}, button(words.act.close, close, { kind: 'primary' }))));
  }

  function makeKey() {
    const name = h('input', { required: true, maxlength: '255', autofocus: true });
    const expires = choice(t.expiries, '');
    const types = h('input', { spellcheck: 'false', placeholder: 'invoice.*' });
    const scopes = SCOPES.filter((scopeName) => may(scopeName)).map((scopeName) => /** @type {[string, ReturnType<typeof checkbox>]} */ ([scopeName, checkbox(scopeName, true)]));
    dialog(t.add, ({ close }) => h('form.stack', { onsubmit: (event) => {
      event.preventDefault();
      act(event.submitter, async () => {
        const body = { name: name.value.trim(), scopes: scopes.filter(([, { input }]) => input.checked).map(([scopeName]) => scopeName) };
        if (expires.value) {
          body.expires_in = Number(expires.value);
        }
        if (split(types.value).length) {
          body.types = split(types.value);
        }
        const made = await api.post('/api/organization/keys', body);
        close();
        showKey(t.madeHelp, made.api_key);
        read();
      });
    } }, field(t.name, name), h('fieldset.fields', {}, h('legend.label', {}, t.scopes), scopes.map(([, { element }]) => element)), field(t.types, types, t.typesHelp), field(t.expires, expires), h('div.row.end', {}, button(words.act.cancel, close), h('button.button.primary', { type: 'submit' }, t.add))));
  }

  function makeLink() {
    const types = h('input', { spellcheck: 'false', placeholder: 'invoice.*', autofocus: true });
    dialog(t.makeLink, ({ close }) => h('form.stack', { onsubmit: (event) => {
      event.preventDefault();
      act(event.submitter, async () => {
        const made = await api.post('/api/portal/sessions', split(types.value).length ? { types: split(types.value) } : {});
        close();
        dialog(t.session, (shown) => h('div.stack', {}, h('p.quiet', {}, t.sessionHelp), secretBox(t.url, made.url), h('div.row.end', {}, button(words.act.close, shown.close, { kind: 'primary' }))));
      });
    } }, h('p.quiet', {}, t.sessionHelp), field(t.types, types, t.typesHelp), h('div.row.end', {}, button(words.act.cancel, close), h('button.button.primary', { type: 'submit' }, t.makeLink))));
  }
}
