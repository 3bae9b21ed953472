// The playground: a receiver of the service's own for a try, what it took, and what it answers.

import { api } from '../api.js';
import { h, put } from '../dom.js';
import { address, go } from '../router.js';
import { may, restricted, service } from '../session.js';
import { listen } from '../stream.js';
import { when } from '../time.js';
import { act, badge, button, checkbox, code, confirm, copyButton, curlButton, facts, field, load, needs, redraw, state, throttle, toast, visible } from '../ui.js';
import { words } from '../words.js';
import { jsonView } from './json-view.js';
import { signatureSteps } from './signature.js';

const t = words.playground;
const SAMPLE = { type: 'user.created', payload: { id: 1, name: 'Ada Lovelace', plan: { name: 'business', seats: 3 } } };

export function open({ main, scope, at }) {
  const host = h('div.stack', {});
  let inner = scope.child();
  let shown = null;
  put(main, h('div.page', {}, h('div.page-head', {}, h('h1', {}, t.title), h('div.row.wrap', {}, curlButton('GET', '/api/playground'),
    may('webhooks:write') ? button(t.make, make, { kind: 'primary', icon: 'plus' }) : needs('webhooks:write', t.make))), h('p.quiet', {}, t.lead), host));

  async function make(event) {
    await act(event, async () => {
      const made = await api.post('/api/playground');
      toast(t.made);
      go('playground', [made.token]);
    });
  }

  const read = (place) => {
    inner.close();
    inner = scope.child();
    const mine = inner;
    shown = place.parts[0] ?? null;
    load(mine, host, (signal) => api.get('/api/playground', {}, { signal }), ({ playgrounds }) => {
      const chosen = playgrounds.find(({ token }) => token === shown) ?? playgrounds[0];
      if (!chosen) {
        return h('section.card', {}, state('playground', t.none, t.noneHelp, may('webhooks:write') ? button(t.make, make, { kind: 'primary' }) : null));
      }
      const others = playgrounds.length > 1 ? h('nav.tabs', { 'aria-label': t.all }, playgrounds.map((one, index) => h('a', { href: address('playground', [one.token]), 'aria-current': one === chosen ? 'page' : null }, `${t.one(playgrounds.length - index)} (${one.received})`))) : null;
      return [others, one(chosen, mine, () => read({ parts: [] }))];
    });
  };

  let begun = false;
  service.watch(scope, (known) => {
    if (!known || begun) {
      return;
    }
    begun = true;
    if (known.playground) {
      read(at);
    } else {
      put(host, h('section.card', {}, state('playground', t.off, t.offHelp)));
    }
  });
  return (to) => begun && service.get()?.playground && read(to);
}

function one(playground, scope, ended) {
  const path = `/api/playground/${encodeURIComponent(playground.token)}`;
  const endpointHost = h('div', {});
  const requests = h('div', {});
  const curl = `curl -sS -X POST '${playground.url}' -H 'Content-Type: application/json' --data-raw '{"hello":"world"}'`;
  let endpoint = null;

  const findEndpoint = async () => {
    if (!may('webhooks:read')) {
      put(endpointHost, needs('webhooks:read', t.endpoint));
      return;
    }
    try {
      endpoint = await endpointOf(playground.url, scope.signal);
    } catch {
      return;
    }
    put(endpointHost, endpoint ? h('p', {}, t.isEndpoint, ' ', h('a', { href: address('endpoints', [endpoint.id]) }, t.endpoint), endpoint.enabled ? null : [' ', badge('bad', words.endpoints.health.disabled)])
      : may('webhooks:write') && !restricted() ? button(t.makeEndpoint, (event) => act(event, async () => {
        await api.post('/api/webhooks', { url: playground.url, description: t.title });
        toast(words.endpoints.made);
        await findEndpoint();
      })) : needs('webhooks:write', t.makeEndpoint));
  };

  let latest = null;
  const read = () => load(scope, requests, (signal) => api.get(`${path}/requests`, { limit: 20 }, { signal }), (page) => {
    latest = page.requests[0]?.id ?? 0;
    const opened = new Set([...requests.querySelectorAll('details.request[open]')].map((element) => element.dataset.id));
    return page.requests.length ? [h('div', {}, page.requests.map((request, index) => draw(request, opened.has(String(request.id)) || (index === 0 && !opened.size), () => endpoint))), page.has_more ? h('p.quiet', {}, t.moreKept) : null]
      : state('playground', t.waiting, t.waitingHelp);
  });

  // Only when something is new: what is read stays as it is.
  const look = async () => {
    try {
      const page = await api.get(`${path}/requests`, { limit: 1 }, { signal: scope.signal });
      const newest = page.requests[0]?.id ?? 0;
      if (newest !== latest) {
        await read();
      }
    } catch (problem) {
      if (problem.status === 404) {
        ended();
      }
    }
  };

  findEndpoint();
  if (may('events:read')) {
    read().then(look);
    scope.every(2000, look);
    listen(scope, throttle(scope, 300, look));
  } else {
    put(requests, needs('events:read', t.requests));
  }
  return h('div.columns.playground', {}, h('div.stack', {}, h('section.card', {}, h('h2', {}, t.receiver), h('div.secret', {}, h('code', {}, playground.url), copyButton(playground.url)), facts([[t.ends, when(playground.expires_at)], [t.received, playground.received.toLocaleString('en-GB')]]), endpointHost,
    h('div.row.wrap', {}, may('events:write') ? button(t.sample, (event) => act(event, async () => {
      const posted = await api.post('/api/events', SAMPLE);
      toast(t.sent, '');
      return posted;
    }), { kind: 'primary' }) : needs('events:write', t.sample),
    may('webhooks:write') ? button(t.end, () => confirm(t.endTitle, t.endHelp, t.end, async () => {
      await api.delete(path);
      ended();
    }), { kind: 'danger' }) : null), h('p.label', {}, t.outside), h('div.with-copy', {}, code(curl, t.outside), copyButton(curl))),
  answers(playground, path)), h('section.card', {}, h('div.row.between', {}, h('h2', {}, t.requests), curlButton('GET', `${path}/requests`)), requests));
}

/** The endpoint that leads to a receiver, if there is one. */
export async function endpointOf(url, signal) {
  let cursor = null;
  do {
    const page = await api.get('/api/webhooks', { limit: 100, cursor }, { signal });
    const found = page.webhooks.find((one) => one.url === url);
    if (found) {
      return found;
    }
    cursor = page.has_more ? page.next_cursor : null;
  } while (cursor);
  return null;
}

function answers(playground, path) {
  const { answer } = playground;
  const status = h('input', { type: 'number', min: '200', max: '599', value: String(answer.status), required: true });
  const delay = h('input', { type: 'number', min: '0', max: '30000', value: String(answer.delay_ms), required: true });
  const failures = h('input', { type: 'number', min: '0', max: '100', value: String(answer.failure_percent), required: true });
  const retry = h('input', { type: 'number', min: '1', max: '86400', value: answer.retry_after === null ? '' : String(answer.retry_after) });
  const hang = checkbox(t.hang, answer.hang);
  const body = () => ({ status: Number(status.value), delay_ms: Number(delay.value), failure_percent: Number(failures.value), retry_after: retry.value ? Number(retry.value) : null, hang: hang.input.checked });
  const fill = (next) => {
    status.value = next.status;
    delay.value = next.delay_ms;
    failures.value = next.failure_percent;
    retry.value = next.retry_after ?? '';
    hang.input.checked = next.hang;
  };
  const save = (trigger) => act(trigger, async () => {
    fill(await api.put(`${path}/answer`, body()));
    toast(words.endpoints.saved);
  });
  if (!may('webhooks:write')) {
    return h('section.card', {}, h('h2', {}, t.answer), needs('webhooks:write', t.answer));
  }
  const normal = { status: 200, delay_ms: 0, failure_percent: 0, retry_after: null, hang: false };
  return h('section.card', {}, h('h2', {}, t.answer), h('form.stack', { onsubmit: (event) => {
    event.preventDefault();
    save(event.submitter);
  } }, h('div.row.wrap', { role: 'group', 'aria-label': t.presets }, Object.entries({ well: {}, down: { status: 503 }, busy: { status: 429, retry_after: 10 }, flaky: { failure_percent: 50 }, slow: { delay_ms: 3000 }, silent: { hang: true } }).map(([name, change]) => button(t.preset[name], (event) => {
    fill({ ...normal, ...change });
    save(event);
  }, { kind: 'tiny' }))), h('div.fields', {}, field(t.status, status), field(t.delay, delay), field(t.failures, failures, t.failuresHelp), field(t.retryAfter, retry)), hang.element,
  h('div.row.end', {}, curlButton('PUT', `${path}/answer`, { body: body() }), h('button.button', { type: 'submit' }, words.act.save))));
}

function draw(request, open, endpoint) {
  const find = (name) => request.headers.find((header) => header.name.toLowerCase() === name)?.value;
  const id = find('webhook-id');
  const type = find('x-event-type');
  const body = h('div.request-body', {});
  const details = h('details.delivery.request', { 'data-id': request.id, open, ontoggle: () => details.open && fill() },
    h('summary', {}, h('strong', {}, request.method), h('span.grow.cut', {}, type ? visible(type) : visible(request.target)), request.delivery ? h('span.tag', {}, t.delivery) : h('span.tag', {}, t.fromOutside),
      request.response_status ? h(`span.result.${request.response_status < 300 ? 'is-good' : 'is-bad'}`, {}, request.response_status) : h('span.result.is-bad', {}, t.noAnswer), h('span.quiet', {}, when(request.at))), body);

  function fill() {
    if (body.childElementCount) {
      return;
    }
    const steps = h('div', {});
    put(body, id ? h('div.row.wrap', {}, request.delivery && may('events:read') ? h('a', { href: address('events', [id]) }, t.event) : null, h('code.id', {}, visible(id))) : null,
      signed(request, find, endpoint, steps),
      h('h3', {}, words.attempt.headers), h('div.table-wrap', { tabindex: '0', role: 'region', 'aria-label': words.attempt.headers }, h('table.headers', {}, h('tbody', {}, request.headers.map(({ name, value }) => h('tr', {}, h('th', { scope: 'row' }, visible(name)), h('td', {}, visible(value ?? ''))))))),
      h('h3', {}, words.attempt.body), request.body === '' ? h('p.quiet', {}, words.attempt.noBody) : [request.cut ? h('p.help', {}, t.cut(request.body_bytes)) : null, jsonView(request.body)]);
  }

  if (open) {
    fill();
  }
  return details;
}

/** Checked on screen, as a receiver would do it. */
function signed(request, find, endpoint, steps) {
  const header = find('webhook-signature');
  if (!header) {
    return null;
  }
  if (!may('secrets:read', 'webhooks:read')) {
    return needs('secrets:read', words.attempt.signature);
  }
  if (request.cut) {
    return h('p.help', {}, t.cutSignature);
  }
  return h('div', {}, h('div.row', {}, button(words.attempt.signature, (event) => act(event, async () => {
    const from = endpoint();
    if (!from) {
      toast(t.noEndpoint, 'bad');
      return;
    }
    const secret = await api.get(`/api/webhooks/${from.id}/secret`);
    redraw(steps, await signatureSteps(secret, header, `${find('webhook-id')}.${find('webhook-timestamp')}.${request.body}`));
  }), { icon: 'check' })), steps);
}
