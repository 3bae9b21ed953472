// One event: the answer in a sentence first, then how it came to that.

import { api, asCurl } from '../api.js';
import { h, icon, put } from '../dom.js';
import { parseTree } from '../json.js';
import { keys } from '../keyboard.js';
import { address, go } from '../router.js';
import { may } from '../session.js';
import { listen } from '../stream.js';
import { clock, duration, exact, when } from '../time.js';
import { act, badge, button, copy, copyButton, curlButton, dialog, field, iconButton, loading, needs, throttle, toast, trouble, visible } from '../ui.js';
import { words } from '../words.js';
import { editable, jsonView } from './json-view.js';

const t = words.event;

export function show({ host, scope, parts, close, query }) {
  const [id] = parts;
  const path = `/api/events/${encodeURIComponent(id)}`;
  let event = null;
  const head = h('div', {}, loading());
  const body = h('div.stack', {});
  put(host, h('header.pane-head', {}, h('h2', { tabindex: '-1' }, t.title), h('div.row', {}, iconButton('close', t.closed, close))), head, body);
  let payloadShown = null;
  const onPaper = h('pre.on-paper', {});
  let asking = false;

  async function load() {
    if (asking) {
      return;
    }
    asking = true;
    try {
      event = await api.get(path, {}, { signal: scope.signal });
      if (!scope.closed) {
        draw();
      }
    } catch (problem) {
      if (!scope.closed && !event) {
        put(head);
        put(body, trouble(problem, load));
      }
    } finally {
      asking = false;
    }
  }

  const again = throttle(scope, 400, load);

  async function redeliver(trigger) {
    await act(trigger, async () => {
      const done = await api.post(`${path}/redeliver`);
      toast(t.redelivered(done.redelivered));
      again();
    });
  }

  async function acknowledge(trigger) {
    await act(trigger, async () => {
      await api.post(`/api/ack/${encodeURIComponent(id)}`);
      toast(t.acknowledged);
      again();
    });
  }

  function draw() {
    host.querySelector('h2').textContent = visible(event.type);
    const buttons = h('div.actions', {},
      may('webhooks:write') ? button(t.redeliver, redeliver, { kind: 'primary', icon: 'repair', title: 'r' }) : needs('webhooks:write', t.redeliver),
      event.status === 'delivered' ? null : may('inbox:write') ? button(t.acknowledge, acknowledge, { icon: 'check', title: 'a' }) : needs('inbox:write', t.acknowledge),
      may('events:write') ? button(t.again, () => sendChanged(event), { title: 'e' }) : needs('events:write', t.again),
      curlButton('GET', path));
    const focused = document.activeElement && head.contains(document.activeElement) ? document.activeElement.textContent : null;
    put(head, h('div.row.wrap.meta', {}, badge(event.status), h('code.id', {}, event.id), copyButton(event.id, t.copyId), h('span.quiet', {}, t.acceptedAt, ' ', when(event.created_at)),
      event.dedup_id ? h('span.quiet', {}, t.dedup, ' ', h('code', {}, visible(event.dedup_id))) : null), buttons);
    if (focused) {
      [...head.querySelectorAll('button')].find((element) => element.textContent === focused)?.focus();
    }
    payloadShown ??= h('section', {}, h('h3', {}, t.payload), jsonView(event.payload), onPaper);
    const opened = new Set([...body.querySelectorAll('details.delivery[open]')].map((element) => element.dataset.endpoint));
    const nodes = [verdict(event, scope), deliveries(event, query, opened), timeline(event, query), payloadShown];
    // The payload stays the element that it was: what was unfolded or selected in it is not lost.
    for (const node of [...body.children]) {
      if (node !== payloadShown) {
        node.remove();
      }
    }
    if (!payloadShown.isConnected) {
      body.append(payloadShown);
    }
    nodes.slice(0, 3).forEach((node) => payloadShown.before(node));
  }

  listen(scope, ({ kind, data }) => {
    if (kind === 'stream.opened' || data?.event_id === id || (kind === 'endpoint.changed' && event?.deliveries.some(({ endpoint_id: at, status }) => at === data.endpoint_id && status === 'pending'))) {
      again();
    }
  });
  // On paper nothing can be unfolded.
  let unfolded = [];
  scope.on(window, 'beforeprint', () => {
    unfolded = [...body.querySelectorAll('details.delivery:not([open])')];
    unfolded.forEach((details) => details.setAttribute('open', ''));
    onPaper.textContent = event ? visible(editable(event.payload)) : '';
  });
  scope.on(window, 'afterprint', () => {
    unfolded.forEach((details) => details.removeAttribute('open'));
    onPaper.textContent = '';
  });
  keys(scope, {
    r: () => may('webhooks:write') && event && redeliver(null), a: () => may('inbox:write') && event && acknowledge(null), e: () => may('events:write') && event && sendChanged(event),
    y: () => copy(id), c: () => copy(asCurl('GET', path), words.act.curlCopied), Escape: close,
  });
  load();
}

/** A URL without its scheme, short enough for a sentence. */
function host(url) {
  const text = (url ?? '–').replace(/^https?:\/\//, '');
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

/** Why it did, or did not, arrive. */
function verdict(event, scope) {
  const v = t.verdict;
  const box = (kind, title, ...more) => h(`section.verdict.is-${kind}`, { 'aria-label': title }, icon(kind === 'good' ? 'check' : kind === 'bad' ? 'alert' : 'events'), h('div', {}, h('p.verdict-title', {}, title), more));
  const acknowledged = event.timeline.some(({ what }) => what === 'acknowledged');
  const all = event.deliveries;
  const failed = all.filter(({ status }) => status === 'failed');
  const open = all.filter(({ status }) => status === 'pending');
  if (acknowledged) {
    return box('good', v.acknowledged);
  }
  if (open.length) {
    const worst = open.reduce((a, b) => (b.attempts > a.attempts ? b : a));
    const arrived = all.filter(({ status }) => status === 'delivered').length;
    const due = worst.next_attempt_at && Date.parse(worst.next_attempt_at) > Date.now();
    const health = h('div', {}, due || worst.attempts ? null : h('p', {}, v.firstHelp));
    if (may('webhooks:read')) {
      why(worst, health, scope);
    }
    const partly = arrived ? h('p', {}, v.partly(arrived, all.length)) : null;
    const next = due ? h('p', {}, v.next, ' ', h('strong', {}, when(worst.next_attempt_at))) : null;
    return box('wait', (worst.attempts ? v.retrying(worst.attempts, visible(host(worst.url))) : v.first(visible(host(worst.url)))), worst.attempts ? reason(worst) : null, next, health, partly);
  }
  if (failed.length) {
    return box('bad', v.dead(failed[0].attempts, visible(host(failed[0].url))), reason(failed[0]), h('p.quiet', {}, v.deadHelp));
  }
  if (!all.length) {
    return event.status === 'delivered' ? box('good', v.delivered(1)) : box('wait', v.waiting, h('p.quiet', {}, v.waitingHelp));
  }
  if (all.every(({ status }) => status === 'cancelled')) {
    return box('wait', v.cancelled);
  }
  if (all.some(({ status }) => status === 'expired')) {
    return box('bad', v.expired);
  }
  return box('good', v.delivered(all.filter(({ status }) => status === 'delivered').length));
}

function reason(delivery) {
  return delivery.last_error ? h('p', {}, delivery.error_code ? h('code.cause', {}, delivery.error_code) : null, ' ', visible(delivery.last_error)) : null;
}

/** What of the endpoint holds an open delivery back. */
async function why(delivery, into, scope) {
  try {
    const { enabled, health } = await api.get(`/api/webhooks/${delivery.endpoint_id}`, {}, { signal: scope.signal });
    const v = t.verdict;
    if (!enabled) {
      put(into, h('p', {}, v.disabled));
    } else if (health.circuit === 'open') {
      put(into, h('p', {}, v.open, health.open_until ? [` ${v.nextTry} `, h('strong', {}, when(health.open_until)), '.'] : null));
    } else if (health.held_until) {
      put(into, h('p', {}, v.held, ' ', when(health.held_until)));
    }
  } catch {
    // The sentence above stands without it.
  }
}

const STATUS = { delivered: 'delivered', failed: 'failed', pending: 'pending', cancelled: 'cancelled', expired: 'expired' };

function attemptLink(event, endpointId, number, query, ...content) {
  return h('a', { href: address('events', [event.id, 'attempts', endpointId, String(number)], query) }, content);
}

function deliveries(event, query, opened) {
  return h('section', {}, h('h3', {}, t.deliveries), event.deliveries.length ? event.deliveries.map((delivery) => {
    const details = h('details.delivery', { 'data-endpoint': delivery.endpoint_id, open: opened.has(delivery.endpoint_id) || event.deliveries.length < 3 },
      h('summary', {}, badge(STATUS[delivery.status]), h('span.grow.cut', {}, visible(delivery.url ?? delivery.endpoint_id)), h('span.quiet', {}, words.events.attempts(delivery.attempts))),
      h('div.delivery-body', {},
        delivery.next_attempt_at && delivery.status === 'pending' ? h('p', {}, Date.parse(delivery.next_attempt_at) > Date.now() ? t.verdict.next : t.verdict.due, ' ', when(delivery.next_attempt_at)) : null,
        h('ol.attempts', {}, [...delivery.attempt_log].reverse().map((attempt) => h('li', {}, attemptLink(event, delivery.endpoint_id, attempt.number, query,
          h('span.attempt-number', {}, `#${attempt.number}`),
          h(`span.result.${attempt.error_code ? 'is-bad' : 'is-good'}`, {}, attempt.response_status ?? attempt.error_code ?? '–'),
          h('span.grow.cut.quiet', {}, visible(attempt.error ?? '')), h('span.quiet', {}, duration(attempt.duration_ms)), when(attempt.started_at))))),
        may('webhooks:read') ? h('a.quiet', { href: address('endpoints', [delivery.endpoint_id]) }, t.verdict.endpointState) : null));
    return details;
  }) : h('p.quiet', {}, t.noDeliveries));
}

const MARKS = { attempt: 'dot', dead: 'bad', accepted: 'good', acknowledged: 'good', circuit_opened: 'bad', expired: 'bad', next_attempt: 'wait', waiting: 'wait', queued: 'wait' };

function timeline(event, query) {
  const urls = new Map(event.deliveries.map(({ endpoint_id: id, url }) => [id, url]));
  const several = urls.size > 1;
  return h('section', {}, h('h3', {}, t.timeline), h('ol.timeline', {}, event.timeline.map((entry) => {
    const mark = entry.what === 'attempt' ? (entry.error_code ? 'bad' : 'good') : MARKS[entry.what] ?? 'dot';
    const name = entry.what === 'attempt' && entry.number ? t.attempt(entry.number) : t.what[entry.what] ?? entry.what;
    const what = entry.what === 'attempt' ? attemptLink(event, entry.endpoint_id, entry.number, query, name) : name;
    const later = Date.parse(entry.at) > Date.now();
    return h(`li.is-${mark}`, {}, h('span.timeline-at', { title: exact(entry.at), 'data-at': entry.at }, later ? when(entry.at) : clock(entry.at)), h('span.timeline-what', {}, what,
      entry.response_status ? h('b', {}, ` ${entry.response_status}`) : null, entry.error_code ? [' ', h('code.cause', {}, entry.error_code)] : null,
      entry.duration_ms !== null && entry.duration_ms !== undefined ? h('span.quiet', {}, ` ${duration(entry.duration_ms)}`) : null,
      several && entry.endpoint_id ? h('span.quiet', {}, ` ${t.toEndpoint} ${visible(host(urls.get(entry.endpoint_id)))}`) : null));
  })));
}

function sendChanged(event) {
  const type = h('input', { value: event.type, required: true, maxlength: '255' });
  const payload = h('textarea.code-input', { rows: '14', spellcheck: 'false', autofocus: true });
  payload.value = editable(event.payload);
  const error = h('p.error', { role: 'alert' });
  dialog(t.againTitle, ({ close }) => h('form.stack', { onsubmit: (submit) => {
    submit.preventDefault();
    try {
      parseTree(payload.value);
    } catch {
      error.textContent = t.notJson;
      payload.focus();
      return;
    }
    act(submit.submitter, async () => {
      // The text itself: numbers and spellings go as they are written.
      const made = await api.postText('/api/events', `{"type":${JSON.stringify(type.value)},"payload":${payload.value}}`);
      close();
      toast(t.sent);
      go('events', [made.id], {});
    });
  } }, h('p.quiet', {}, t.againHelp), field(t.againType, type), field(t.againPayload, payload), error, h('div.row.end', {}, button(words.act.cancel, close), h('button.button.primary', { type: 'submit' }, t.send))), { wide: true });
}

