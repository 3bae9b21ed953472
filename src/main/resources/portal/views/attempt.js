// One attempt in full: what was sent, what came back, and where the time went.

import { api } from '../api.js';
import { h, icon, put } from '../dom.js';
import { keys } from '../keyboard.js';
import { address, go } from '../router.js';
import { may } from '../session.js';
import { duration, when } from '../time.js';
import { act, badge, button, code, copy, copyButton, facts, iconButton, load, visible } from '../ui.js';
import { words } from '../words.js';
import { signatureSteps } from './signature.js';

const t = words.attempt;
const OUTCOMES = { succeeded: 'delivered', retrying: 'pending', dead: 'failed' };

export function show({ host, scope, parts, close, query }) {
  const [eventId, , endpointId, number] = parts;
  const body = h('div.stack', {});
  const back = () => go('events', [eventId], query);
  put(host, h('header.pane-head', {}, h('a.back', { href: address('events', [eventId], query) }, icon('left'), t.back), iconButton('close', words.event.closed, close)), body);
  const path = `/api/attempts/${[eventId, endpointId, number].map(encodeURIComponent).join('/')}`;
  load(scope, body, (signal) => api.get(path, {}, { signal }), (attempt) => draw(attempt, { query, scope }));
  keys(scope, { Escape: back });
}

function draw(attempt, { query, scope }) {
  const at = (number) => address('events', [attempt.event_id, 'attempts', attempt.endpoint_id, String(number)], query);
  if (attempt.curl) {
    keys(scope, { c: () => copy(attempt.curl, words.act.curlCopied) });
  }
  return [
    h('div.row.between.wrap', {}, h('h2', { tabindex: '-1' }, words.event.attempt(attempt.number)), h('div.row', {},
      attempt.previous ? h('a.button.plain', { href: at(attempt.previous) }, icon('left'), t.previous) : null, attempt.next ? h('a.button.plain', { href: at(attempt.next) }, t.next, icon('right')) : null)),
    h('div.row.wrap.meta', {}, badge(OUTCOMES[attempt.outcome], t.outcome[attempt.outcome]), attempt.response ? h('strong.status-code', {}, attempt.response.status) : null, h('span.quiet', {}, duration(attempt.duration_ms)),
      h('span.quiet', {}, t.started, ' ', when(attempt.started_at, 'exact')), h('span.quiet', {}, t.trace, ' ', h('code', {}, attempt.trace_id))),
    attempt.error ? h('section.verdict.is-bad', { 'aria-label': t.advice }, icon('alert'), h('div', {}, h('p.verdict-title', {}, attempt.error_code ? h('code.cause', {}, attempt.error_code) : null, ' ', visible(attempt.error)),
      attempt.advice && !attempt.error.includes(attempt.advice) ? h('p', {}, visible(attempt.advice)) : null, attempt.next_attempt_at ? h('p', {}, words.event.verdict.next, ' ', h('strong', {}, when(attempt.next_attempt_at))) : null)) : null,
    phases(attempt),
    attempt.curl ? h('div.row', {}, button(t.curl, () => copy(attempt.curl, words.act.curlCopied), { icon: 'copy', title: 'c' })) : null,
    h('section', {}, h('h3', {}, t.request), h('p.request-line', {}, h('b', {}, attempt.request.method), ' ', h('code', {}, visible(attempt.request.url ?? '–'))), headerTable(attempt.request.headers, t.request),
      attempt.request.signature_missing ? h('p.help', {}, t.signatureMissing, ' ', visible(attempt.request.signature_missing)) : null, content(attempt.request.body, `${t.request}: ${t.body}`), signature(attempt)),
    h('section', {}, h('h3', {}, t.response), attempt.response ? [h('p.request-line', {}, h('b', {}, attempt.response.status)), attempt.response.headers ? headerTable(attempt.response.headers, t.response) : h('p.help', {}, t.notKept),
      content(attempt.response.body, `${t.response}: ${t.body}`)] : h('p.quiet', {}, t.none)),
  ];
}

function headerTable(headers, whose) {
  return h('div.table-wrap', { tabindex: '0', role: 'region', 'aria-label': `${whose}: ${t.headers}` }, h('table.headers', {}, h('tbody', {},
    headers.map(({ name, value }) => h('tr', {}, h('th', { scope: 'row' }, visible(name)), h('td', {}, value === null || value === undefined ? h('span.quiet', {}, t.hidden) : visible(value)))))));
}

function content(body, label) {
  return body ? h('div.with-copy', {}, code(visible(body), label), copyButton(body)) : h('p.quiet', {}, t.noBody);
}

/** The phases as parts of one bar, with their numbers beneath. */
function phases(attempt) {
  const { total, queued = 0, ...timed } = attempt.phases;
  const names = ['dns', 'connect', 'tls', 'first_byte'].filter((name) => timed[name] !== null && timed[name] !== undefined);
  const parts = names.map((name) => [name, timed[name]]);
  const rest = total - parts.reduce((sum, [, ms]) => sum + ms, 0);
  if (rest > 0) {
    parts.push(['rest', rest]);
  }
  const whole = Math.max(1, (queued ?? 0) + parts.reduce((sum, [, ms]) => sum + ms, 0));
  const all = [...(queued === null ? [] : [['queued', queued]]), ...parts];
  const bar = h('div.phases', { 'aria-hidden': 'true' }, all.map(([name, ms]) => {
    const part = h(`i.phase-${name}`, {});
    part.style.flexGrow = String(Math.max(ms / whole, 0.004));
    return part;
  }));
  const connection = attempt.connection;
  return h('section', {}, h('h3', {}, t.phases), bar, h('dl.legend', {}, all.map(([name, ms]) => h('div', {}, h('dt', {}, h(`i.phase-${name}`, { 'aria-hidden': 'true' }), t.phase[name]), h('dd', {}, duration(ms)))), h('div', {}, h('dt', {}, t.total), h('dd', {}, h('b', {}, duration(total))))),
    names.length ? null : h('p.help', {}, t.notKept),
    connection ? facts([connection.address ? [t.address, h('code', {}, visible(connection.address))] : null, ['', connection.kept ? t.kept : t.fresh]].filter((pair) => pair && pair[0])) : null);
}

function signature(attempt) {
  const find = (name) => attempt.request.headers.find((header) => header.name.toLowerCase() === name)?.value;
  const header = find('webhook-signature');
  if (!header || !may('secrets:read', 'webhooks:read')) {
    return null;
  }
  const steps = h('div', {});
  return h('div', {}, h('div.row', {}, button(t.signature, (event) => act(event, async () => {
    put(steps);
    const found = await api.get(`/api/webhooks/${attempt.endpoint_id}/secret`);
    const signed = `${find('webhook-id')}.${find('webhook-timestamp')}.${attempt.request.body}`;
    put(steps, await signatureSteps(found, header, signed));
  }), { icon: 'check' })), steps);
}
