// Repair: what failed for good, sent again: some, or all that match, after a look at how much that is.

import { api, asCurl } from '../api.js';
import { h, put } from '../dom.js';
import { address } from '../router.js';
import { may } from '../session.js';
import { listen } from '../stream.js';
import { relative, when } from '../time.js';
import { act, badge, button, checkbox, choice, copy, dialog, field, load, needs, state, throttle, toast, visible } from '../ui.js';
import { words } from '../words.js';

const t = words.repair;
const AT_ONCE = 4;

export function open({ main, scope }) {
  const selected = new Set();
  let shown = [];
  let cursor = null;
  const deadHost = h('div', {});
  const replayHost = h('div', {});
  const bar = h('div.row.wrap', {});
  put(main, h('div.page', {}, h('div.page-head', {}, h('h1', {}, t.title), may('webhooks:write') || may('events:read') ? button(t.allMatch, () => replayDialog(readReplays), { kind: 'primary' }) : null),
    h('section.card', {}, h('h2', {}, t.dead), h('p.quiet', {}, t.deadHelp), bar, deadHost), h('section.card', { hidden: !may('webhooks:read') }, h('h2', {}, t.replays), replayHost)));

  function drawBar() {
    put(bar, shown.length ? [
      h('label.check', {}, h('input', { type: 'checkbox', checked: selected.size > 0 && selected.size === shown.length, onchange: (event) => {
        shown.forEach(({ id }) => (event.target.checked ? selected.add(id) : selected.delete(id)));
        put(deadHost, drawDead());
      } }), h('span', {}, t.selectAll)), h('span.quiet', { 'aria-live': 'polite' }, t.selected(selected.size)),
      may('webhooks:write') ? button(t.redeliver, (event) => each(event, (id) => api.post(`/api/events/${id}/redeliver`)), { disabled: !selected.size }) : needs('webhooks:write', t.redeliver),
      may('inbox:write') ? button(t.acknowledge, (event) => each(event, (id) => api.post(`/api/ack/${id}`)), { disabled: !selected.size }) : needs('inbox:write', t.acknowledge)] : null);
  }

  /** A few at a time, with progress; leaving the view stops it. */
  async function each(event, work) {
    const ids = [...selected];
    const progress = h('progress', { max: ids.length, value: 0, 'aria-label': t.redeliver });
    const said = h('span', { 'aria-live': 'polite' }, t.progress(0, ids.length));
    const abort = { stopped: false };
    put(bar, said, h('div.grow', {}, progress), button(words.act.cancel, () => {
      abort.stopped = true;
    }));
    let done = 0;
    const queue = [...ids];
    let failure = /** @type {any} */ (null);
    const worker = async () => {
      while (queue.length && !abort.stopped && !scope.closed && !failure) {
        const id = queue.shift();
        try {
          await work(id);
        } catch (problem) {
          if (problem.status !== 404 && problem.status !== 409) {
            failure = problem;
            return;
          }
        }
        done++;
        selected.delete(id);
        progress.value = done;
        said.textContent = t.progress(done, ids.length);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    if (failure) {
      toast(`${t.stopped(done, ids.length)} ${failure.message}`, 'bad');
    } else {
      toast(done === ids.length ? t.done(done) : t.stopped(done, ids.length));
    }
    readDead();
  }

  function drawDead() {
    drawBar();
    return shown.length ? [h('ul.list', {}, shown.map((event) => h('li', {},
      h('input', { type: 'checkbox', checked: selected.has(event.id), 'aria-label': `${t.select} ${visible(event.type)} ${event.id}`, onchange: (change) => {
        if (change.target.checked) {
          selected.add(event.id);
        } else {
          selected.delete(event.id);
        }
        drawBar();
      } }),
      h('div.grow', {}, h('a', { href: address('events', [event.id], { q: 'status:failed' }) }, visible(event.type)), h('p.quiet.cut', {}, visible(event.last_error ?? ''))),
      event.response_status ? h('span.result.is-bad', {}, event.response_status) : null, h('span.quiet', {}, when(event.created_at))))),
    cursor ? button(words.act.more, (event) => act(event, () => readMore())) : null] : state('check', t.none, '');
  }

  async function readMore() {
    const page = await api.get('/api/inbox', { status: 'failed', limit: 100, cursor }, { signal: scope.signal });
    shown.push(...page.events);
    cursor = page.has_more ? page.next_cursor : null;
    put(deadHost, drawDead());
  }

  const readDead = () => load(scope, deadHost, (signal) => api.get('/api/inbox', { status: 'failed', limit: 100 }, { signal }), (page) => {
    shown = page.events;
    cursor = page.has_more ? page.next_cursor : null;
    const there = new Set(shown.map(({ id }) => id));
    [...selected].forEach((id) => there.has(id) || selected.delete(id));
    return drawDead();
  });

  let running = false;

  const readReplays = () => (may('webhooks:read') ? load(scope, replayHost, (signal) => api.get('/api/replays', { limit: 20 }, { signal }), (page) => {
    running = page.replays.some(({ state: now }) => now === 'running');
    return page.replays.length ? h('ul.list', {}, page.replays.map(drawReplay)) : h('p.quiet', {}, t.noReplays);
  }) : null);

  function drawReplay(replay) {
    const { filter } = replay;
    const share = Math.round((replay.progress ?? 0) * 100);
    const words4 = [filter.type, filter.error_code, t.outcomes[filter.outcome]].filter(Boolean).map((text) => h('span.tag', {}, visible(text)));
    return h('li', {}, h('div.grow', {}, h('div.row.wrap', {}, badge({ running: 'wait', finished: 'good', cancelled: 'cancelled' }[replay.state], t.states[replay.state]), words4, h('span.quiet', {}, when(replay.requested_at))),
      replay.state === 'running' ? h('progress', { max: 100, value: share, 'aria-label': t.requeued(replay.requeued, replay.matching) }) : null,
      h('p.quiet', {}, t.requeued(replay.requeued, replay.matching), replay.skipped ? `, ${t.skipped(replay.skipped)}` : '', replay.estimated_end ? `, ${t.ends} ${relative(replay.estimated_end)}` : '')),
    replay.state === 'running' && may('webhooks:write') ? button(t.cancel, (event) => act(event, async () => {
      await api.delete(`/api/replays/${replay.id}`);
      toast(t.cancelled);
      readReplays();
    }), { kind: 'danger' }) : null);
  }

  drawBar();
  readDead();
  readReplays();
  scope.every(1000, () => running && readReplays());
  const soon = throttle(scope, 2500, () => {
    // Nothing is taken from under one's hands.
    if (!selected.size && !bar.querySelector('progress')) {
      readDead();
    }
  });
  listen(scope, ({ kind, data }) => {
    if (kind === 'delivery.dead' || kind === 'event.acknowledged' || kind === 'stream.opened' || (kind === 'attempt.finished' && data.outcome === 'delivered')) {
      soon();
    }
  });
}

const local = (time) => new Date(time - new Date(time).getTimezoneOffset() * 60000).toISOString().slice(0, 16);

export function replayDialog(started) {
  const endpoint = choice({ '': t.any }, '');
  const to = choice({ '': t.toSame }, '');
  const type = h('input', { placeholder: 'order.*', spellcheck: 'false' });
  const outcome = choice(t.outcomes, 'failed');
  const code = h('input', { placeholder: 'status_5xx', spellcheck: 'false' });
  const since = h('input', { type: 'datetime-local', required: true, value: local(Date.now() - 86400000) });
  const until = h('input', { type: 'datetime-local' });
  const rate = h('input', { type: 'number', min: '1', max: '10000' });
  const again = checkbox(t.again);
  const result = h('div', { 'aria-live': 'polite' });
  if (may('webhooks:read')) {
    api.get('/api/webhooks', { limit: 100 }).then(({ webhooks }) => webhooks.forEach(({ id, url }) => {
      endpoint.append(h('option', { value: id }, visible(url)));
      to.append(h('option', { value: id }, visible(url)));
    })).catch(() => {});
  }
  const request = () => {
    const filter = { outcome: outcome.value, since: new Date(since.value).toISOString() };
    if (endpoint.value) {
      filter.endpoint_id = endpoint.value;
    }
    if (type.value.trim()) {
      filter.type = type.value.trim();
    }
    if (code.value.trim()) {
      filter.error_code = code.value.trim();
    }
    if (until.value) {
      filter.until = new Date(until.value).toISOString();
    }
    const body = { filter };
    if (rate.value) {
      body.rate_per_second = Number(rate.value);
    }
    if (to.value) {
      body.to_endpoint_id = to.value;
    }
    if (again.input.checked) {
      body.again = true;
    }
    return body;
  };
  dialog(t.replayTitle, ({ close }) => {
    const dryRun = async (trigger) => {
      const body = request();
      const found = await act(trigger, () => api.post('/api/replays', { ...body, dry_run: true }));
      if (!found) {
        return;
      }
      const many = t.matching(found.matching, found.capped);
      put(result, h(`div.verdict.is-${found.matching ? 'wait' : 'good'}`, {}, h('div', {}, h('p.verdict-title', {}, found.matching ? `${many} ${t.would}` : t.nothing), found.since_clamped ? h('p', {}, t.clamped) : null,
        found.sample.length ? h('ul', {}, found.sample.map((entry) => h('li', {}, visible(entry.type), ' ', when(entry.created_at)))) : null)),
      found.matching && may('webhooks:write') ? h('div.row.end', {}, button(t.start(many), (event) => act(event, async () => {
        await api.post('/api/replays', body);
        close();
        toast(t.started);
        started();
      }), { kind: 'primary' })) : null);
    };
    const form = h('form.stack', { onsubmit: (event) => {
      event.preventDefault();
      dryRun(event.submitter);
    }, oninput: () => put(result) }, h('p.quiet', {}, t.replayHelp),
    h('div.fields', {}, field(t.outcome, outcome), field(t.endpoint, endpoint), field(t.type, type, t.typeHelp), field(t.code, code), field(t.since, since), field(t.until, until), field(t.rate, rate, t.rateHelp), field(t.to, to)),
    again.element, result, h('div.row.end', {}, button(words.act.curl, () => copy(asCurl('POST', '/api/replays', { body: { ...request(), dry_run: true } }), words.act.curlCopied), { kind: 'plain' }), button(words.act.cancel, close), h('button.button.primary', { type: 'submit' }, t.dryRun)));
    return form;
  }, { wide: true });
}
