// Endpoints: all of them, and one in full.

import { api } from '../api.js';
import { h, icon, put } from '../dom.js';
import { keys } from '../keyboard.js';
import { address, go } from '../router.js';
import { may } from '../session.js';
import { listen } from '../stream.js';
import { duration, exact, when } from '../time.js';
import { act, button, choice, confirm, copyButton, curlButton, dialog, facts, field, load, needs, secretBox, state, throttle, toast, visible } from '../ui.js';
import { words } from '../words.js';
import { latency, p95line, sparkline, volume } from './chart.js';
import { endpointForm } from './endpoint-form.js';
import { healthBadge, healthWords } from './health.js';

const t = words.endpoints;

function tags(types) {
  return types?.length ? types.map((type) => h('span.tag', {}, visible(type))) : h('span.quiet', {}, t.all);
}

export function open({ main, scope, at }) {
  let inner = null;

  function moved(to) {
    inner?.close();
    inner = scope.child();
    const [id] = to.parts;
    put(main);
    if (id && id !== 'new') {
      one(main, inner, id);
    } else {
      list(main, inner);
      if (id === 'new') {
        go('endpoints', [], {}, { replace: true });
        endpointForm(null, (made) => go('endpoints', [made.id]));
      }
    }
    document.title = `${t.title} · ${words.name}`;
  }

  moved(at);
  return moved;
}

function list(main, scope) {
  const host = h('div', {});
  const filter = h('input', { type: 'search', placeholder: t.filterLabel, 'aria-label': t.filterLabel });
  put(main, h('div.page', {}, h('div.page-head', {}, h('h1', {}, t.title), h('div.row.wrap', {}, curlButton('GET', '/api/webhooks'),
    may('webhooks:write') ? button(t.add, () => endpointForm(null, (made) => go('endpoints', [made.id])), { kind: 'primary', icon: 'plus' }) : needs('webhooks:write', t.add))), h('div.row', {}, filter), h('section.card', {}, host)));
  let all = [];

  function draw() {
    const typed = filter.value.toLowerCase();
    const shown = all.filter(({ url, description, event_types: types }) => [url, description ?? '', ...types].some((text) => text.toLowerCase().includes(typed)));
    return all.length ? h('div.table-wrap', { tabindex: '0', role: 'region', 'aria-label': t.title }, h('table.list-table', {}, h('thead', {}, h('tr', {}, Object.values(t.columns).map((name) => h('th', { scope: 'col' }, name)))),
      h('tbody', {}, shown.slice(0, 500).map((endpoint) => {
        const spark = h('td', {}, h('span.quiet', {}, '–'));
        statistics(endpoint.id, '24h', scope).then((found) => found?.buckets?.length && put(spark, sparkline(found.buckets), p95line(found.buckets), found.duration_p95_ms ? h('span.quiet', {}, `${t.p95} ${duration(found.duration_p95_ms)}`) : null) || (found?.success_rate !== null && found?.success_rate !== undefined && put(spark, `${(found.success_rate * 100).toFixed(1)} %`))).catch(() => {});
        return h('tr', {}, h('td', {}, h('a', { href: address('endpoints', [endpoint.id]) }, visible(endpoint.url)), endpoint.is_default ? [' ', h('span.tag', {}, t.default)] : null, endpoint.description ? h('p.quiet', {}, visible(endpoint.description)) : null),
          h('td', {}, tags(endpoint.event_types)), h('td', {}, healthBadge(endpoint)), spark);
      }))))
      : state('endpoints', t.none, t.noneHelp, may('webhooks:write') ? button(t.add, () => endpointForm(null, (made) => go('endpoints', [made.id])), { kind: 'primary' }) : null);
  }

  const read = () => load(scope, host, async (signal) => {
    const found = [];
    let cursor = null;
    do {
      const page = await api.get('/api/webhooks', { limit: 100, cursor }, { signal });
      found.push(...page.webhooks);
      cursor = page.has_more ? page.next_cursor : null;
    } while (cursor && found.length < 1000);
    all = found;
    return found;
  }, draw);
  filter.addEventListener('input', () => put(host, draw()));
  const soon = throttle(scope, 1500, read);
  listen(scope, ({ kind }) => kind === 'endpoint.changed' && soon());
  soon();
}

/** Small: the first forty of a list ask, one after another. */
let queue = Promise.resolve();

function statistics(id, range, scope) {
  const asked = queue.then(() => (scope.closed ? null : api.get(`/api/webhooks/${id}/statistics`, { range }, { signal: scope.signal })));
  queue = asked.catch(() => null);
  return asked;
}

function one(main, scope, id) {
  const path = `/api/webhooks/${encodeURIComponent(id)}`;
  const host = h('div.page', {});
  put(main, host);
  let endpoint = null;
  const title = h('h1', {});
  const healthHost = h('div', {});
  const enableButton = button('', (event) => change(event, { enabled: !endpoint.enabled }));
  const settings = h('section.card', {});
  const figures = h('section.card', {});
  const secrets = h('section.card', {});
  const attempts = h('section.card', {});
  const recoveries = h('section.card', {});

  async function change(trigger, body) {
    await act(trigger, async () => {
      await api.patch(path, body);
      toast(t.saved);
      await read();
    });
  }

  async function test(trigger) {
    await act(trigger, async () => {
      const outcome = await api.post(`${path}/test`);
      toast(outcome.success ? t.tested(outcome.response_status, duration(outcome.duration_ms)) : t.testFailed(outcome.error ?? outcome.error_code), outcome.success ? '' : 'bad');
    });
  }

  async function read() {
    endpoint = await api.get(path, {}, { signal: scope.signal });
    if (scope.closed) {
      return;
    }
    title.textContent = visible(endpoint.url);
    document.title = `${endpoint.url} · ${words.name}`;
    put(healthHost, h('div.row.wrap', {}, healthBadge(endpoint), endpoint.is_default ? h('span.tag', {}, t.default) : null), healthWords(endpoint));
    put(enableButton, endpoint.enabled ? t.disable : t.enable);
    enableButton.classList.toggle('primary', !endpoint.enabled);
    put(settings, h('h2', {}, t.details), facts([
      [t.typesLabel, tags(endpoint.event_types)], endpoint.description ? [t.form.description, visible(endpoint.description)] : null,
      [t.headersLabel, Object.keys(endpoint.headers ?? {}).length ? Object.keys(endpoint.headers).map((name) => h('span.tag', {}, visible(name))) : h('span.quiet', {}, '–')],
      [t.signature, endpoint.signature], [t.ordered, endpoint.ordered ? t.yes : t.no], endpoint.rate_limit_per_second ? [t.form.rate, t.perSecond(endpoint.rate_limit_per_second)] : null,
      endpoint.retry_schedule ? [t.schedule, endpoint.retry_schedule.map((s) => `${s} s`).join(', ') || words.overview.none] : null,
      [t.created, when(endpoint.created_at)], [t.updated, when(endpoint.updated_at)], [words.event.id, [h('code', {}, endpoint.id), copyButton(endpoint.id)]]]));
    drawSecret();
  }

  function drawSecret(value) {
    const overlap = endpoint.previous_secret_expires_at && Date.parse(endpoint.previous_secret_expires_at) > Date.now();
    const shown = h('div', {}, value ? secretBox(t.secret, value) : null);
    put(secrets, h('h2', {}, t.secret), endpoint.public_key ? secretBox(t.publicKey, endpoint.public_key) : null, shown,
      overlap ? h('p.verdict.is-wait', {}, icon('alert'), h('span', {}, t.overlap, ' ', h('strong', {}, when(endpoint.previous_secret_expires_at)), ` (${exact(endpoint.previous_secret_expires_at)})`)) : null,
      may('secrets:read') ? null : h('p.quiet', {}, t.noSecret),
      h('div.row.wrap', {},
        may('secrets:read') && !value ? button(t.reveal, (event) => act(event, async () => {
          const { secret } = await api.get(`${path}/secret`);
          put(shown, secretBox(t.secret, secret));
        })) : null,
        may('webhooks:write') ? button(t.rotate, () => confirm(t.rotate, t.rotateHelp, t.rotate, async () => {
          const made = await api.post(`${path}/secret/rotate`);
          endpoint = { ...endpoint, previous_secret_expires_at: made.previous_secret_expires_at, public_key: made.public_key ?? endpoint.public_key };
          drawSecret(made.secret);
          toast(t.rotated);
        })) : null));
  }

  function recover() {
    const since = choice(t.recoverSince, '24h');
    dialog(t.recoverTitle, ({ close }) => h('div.stack', {}, h('p.quiet', {}, t.recoverHelp), field(words.repair.since, since), h('div.row.end', {}, button(words.act.cancel, close), button(t.recover, (event) => act(event, async () => {
      const hours = { '1h': 1, '8h': 8, '24h': 24, '7d': 168, '14d': 336 }[since.value];
      await api.post(`${path}/recover`, { since: new Date(Date.now() - hours * 3600000).toISOString() });
      close();
      toast(t.recovered);
      readRecoveries();
    }), { kind: 'primary' }))));
  }

  let recovering = false;
  const readRecoveries = () => api.get(`${path}/recover`, {}, { signal: scope.signal }).then(({ recoveries: all }) => {
    recovering = all.some(({ finished_at: end }) => !end);
    recoveries.hidden = !all.length;
    put(recoveries, h('h2', {}, t.recoveries), h('ul.list', {}, all.slice(0, 8).map((recovery) => h('li', {}, h('span.grow', {}, t.requeued(recovery.requeued)), h('span.quiet', {}, words.repair.since, ' ', when(recovery.since)), recovery.finished_at ? when(recovery.finished_at) : h('span.badge.is-wait', {}, words.repair.states.running)))));
  }).catch(() => {
    recoveries.hidden = true;
  });

  let range = '24h';
  const readFigures = () => api.get(`${path}/statistics`, { range }, { signal: scope.signal }).then((found) => {
    const buckets = found.buckets ?? [];
    put(figures, h('div.row.between', {}, h('h2', {}, t.statistics), buckets.length ? choice(words.overview.ranges, range, (value) => {
      range = value;
      readFigures();
    }, { 'aria-label': words.overview.range }) : null),
    facts([[t.rate, found.success_rate === null || found.success_rate === undefined ? '–' : `${(found.success_rate * 100).toFixed(1)} %`], [t.statistics, found.attempts?.toLocaleString('en-GB') ?? '–'],
      [t.p50, duration(found.duration_p50_ms)], [t.p95, duration(found.duration_p95_ms)], [t.exhausted, found.exhausted?.toLocaleString('en-GB') ?? '–'],
      found.last_failure ? [t.lastFailure, [h('code.cause', {}, found.last_failure.error_code ?? '–'), ' ', found.last_failure.event_id ? h('a', { href: address('events', [found.last_failure.event_id, 'attempts', id, String(found.last_failure.number)]) }, when(found.last_failure.at)) : when(found.last_failure.at)]] : null]),
    buckets.length ? [volume(buckets, range), latency(buckets, range)] : null);
  }).catch(() => {
    figures.hidden = true;
  });

  const attemptList = h('div', {});
  const readAttempts = () => load(scope, attemptList, (signal) => api.get(`${path}/attempts`, { limit: 20 }, { signal }), (page) => (page.attempts.length ? h('ol.attempts', {}, page.attempts.map((attempt) => h('li', {}, h('a', { href: address('events', [attempt.event_id, 'attempts', id, String(attempt.number)]) },
    h('span.attempt-number', {}, `#${attempt.number}`), h(`span.result.${attempt.error_code ? 'is-bad' : 'is-good'}`, {}, attempt.response_status ?? attempt.error_code ?? '–'), h('span.grow.cut.quiet', {}, visible(attempt.error ?? attempt.event_id)), h('span.quiet', {}, duration(attempt.duration_ms)), when(attempt.started_at))))) : h('p.quiet', {}, t.noAttempts)));

  load(scope, host, read, () => [
    h('a.back', { href: address('endpoints') }, icon('left'), t.back),
    h('div.page-head', {}, h('div', {}, title, healthHost), h('div.row.wrap', {}, may('webhooks:write') ? [
      button(t.test, test), button(t.edit, () => endpointForm(endpoint, () => read())), enableButton,
      button(t.recover, recover), button(t.delete, () => confirm(t.deleteTitle, t.deleteHelp, t.delete, async () => {
        await api.delete(path);
        toast(t.deleted);
        go('endpoints');
      }), { kind: 'danger' })] : needs('webhooks:write', t.edit), curlButton('GET', path))),
    h('div.columns', {}, h('div.stack', {}, figures, attempts), h('div.stack', {}, settings, secrets, recoveries)),
  ]).then(() => {
    if (scope.closed || !endpoint) {
      return;
    }
    put(attempts, h('h2', {}, t.attempts), attemptList);
    readFigures();
    readAttempts();
    readRecoveries();
    keepUp();
  });

  function keepUp() {
    const attemptsSoon = throttle(scope, 1500, readAttempts);
    const figuresSoon = throttle(scope, 5000, readFigures);
    const readSoon = throttle(scope, 500, () => read().catch(() => {}));
    listen(scope, ({ kind, data }) => {
      if (data?.endpoint_id === id && kind === 'attempt.finished') {
        attemptsSoon();
        figuresSoon();
      } else if (data?.endpoint_id === id && kind === 'endpoint.changed') {
        // What was revealed stays while one reads it.
        if (!secrets.querySelector('.secret code')) {
          readSoon();
        } else {
          api.get(path, {}, { signal: scope.signal }).then((found) => {
            endpoint = found;
            put(healthHost, h('div.row.wrap', {}, healthBadge(endpoint)), healthWords(endpoint));
          }).catch(() => {});
        }
      }
    });
    scope.every(1000, () => recovering && readRecoveries());
    keys(scope, { Escape: () => go('endpoints') });
  }
}
