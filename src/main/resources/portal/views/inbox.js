// The inbox: what waits for a consumer, who holds what until when, and where named consumers are.

import { api } from '../api.js';
import { h, put } from '../dom.js';
import { address, go } from '../router.js';
import { may } from '../session.js';
import { listen } from '../stream.js';
import { when } from '../time.js';
import { act, badge, button, choice, confirm, copyButton, curlButton, dialog, field, load, needs, state, throttle, toast, visible } from '../ui.js';
import { words } from '../words.js';
import { jsonView } from './json-view.js';

const t = words.inbox;
const PAGE = 50;

/** Of so many consumers it is looked up at once how far behind they are. */
const LOOKED_UP = 8;
const BEHIND = 100;

/** What was leased by hand outlives the view: it is worked on after a look elsewhere. */
let held = null;

export function open({ main, scope, at }) {
  const work = h('div', {});
  const waiting = waitingCard(scope, at);
  const leases = leasesCard(scope);
  const consumers = consumersCard(scope);
  put(main, h('div.page', {}, h('div.page-head', {}, h('h1', {}, t.title), h('div.row.wrap', {}, curlButton('GET', '/api/inbox', { query: { order: 'asc' } }),
    may('inbox:write') ? button(t.lease, () => leaseDialog(taken), { kind: 'primary' }) : needs('inbox:write', t.lease))),
  work, waiting.element, h('div.columns', {}, leases.element, consumers.element)));

  function taken(lease) {
    held = lease;
    drawWork();
    leases.read();
    waiting.read();
  }

  let workScope = scope.child();

  function drawWork() {
    workScope.close();
    workScope = scope.child();
    put(work, held ? workbench(workScope, held, (left) => {
      held = left;
      drawWork();
      leases.read();
      waiting.read();
    }) : null);
  }

  drawWork();
  const soon = throttle(scope, 1500, () => {
    waiting.soon();
    leases.read();
  });
  listen(scope, ({ kind }) => ['event.accepted', 'event.acknowledged', 'delivery.dead', 'attempt.finished', 'stream.opened'].includes(kind) && soon());
  // Leases are in no stream.
  scope.every(3000, leases.read);
  return (to) => waiting.moved(to);
}

function waitingCard(scope, at) {
  const selected = new Set();
  let shown = [];
  let cursor = null;
  let query = filters(at);
  const bar = h('div.row.wrap', {});
  const host = h('div', {});
  const status = choice(t.statuses, query.status, (value) => narrow({ status: value }), { 'aria-label': t.status });
  const order = choice(t.orders, query.order, (value) => narrow({ order: value }), { 'aria-label': t.order });
  const receives = choice(t.receives, query.min_receives, (value) => narrow({ min_receives: value }), { 'aria-label': t.receivesLabel });
  const type = h('input.short', { value: query.type, placeholder: 'user.*', spellcheck: 'false', 'aria-label': t.type, onchange: (event) => narrow({ type: event.target.value.trim() }) });
  const element = h('section.card', {}, h('div.row.between.wrap', {}, h('h2', {}, t.waiting), h('div.row.wrap.filters', {}, type, status, receives, order)), h('p.quiet', {}, t.waitingHelp), bar, host);

  function narrow(change) {
    go('inbox', [], { ...query, ...change }, { replace: true });
  }

  function drawBar() {
    if (!may('inbox:write')) {
      put(bar, needs('inbox:write', t.acknowledge));
      return;
    }
    put(bar, shown.some(isOpen) ? [h('label.check', {}, h('input', { type: 'checkbox', checked: selected.size > 0 && selected.size === shown.filter(isOpen).length, onchange: (event) => {
      shown.filter(isOpen).forEach(({ id }) => (event.target.checked ? selected.add(id) : selected.delete(id)));
      put(host, draw());
    } }), h('span', {}, words.repair.selectAll)), h('span.quiet', { 'aria-live': 'polite' }, words.repair.selected(selected.size)),
    button(t.acknowledge, (event) => act(event, async () => {
      const done = await api.post('/api/ack', { event_ids: [...selected] });
      selected.clear();
      toast(t.acknowledged(done.acknowledged, done.failed));
      read();
    }), { disabled: !selected.size })] : null);
  }

  function draw() {
    drawBar();
    return shown.length ? [h('ul.list', {}, shown.map((event) => h('li', {},
      may('inbox:write') ? h('input', { type: 'checkbox', checked: selected.has(event.id), disabled: !isOpen(event), 'aria-label': `${words.repair.select} ${visible(event.type)} ${event.id}`, onchange: (change) => {
        if (change.target.checked) {
          selected.add(event.id);
        } else {
          selected.delete(event.id);
        }
        drawBar();
      } }) : null, badge(event.status),
      h('div.grow', {}, h('a', { href: address('events', [event.id]) }, visible(event.type)), h('p.quiet.cut.mono', {}, visible(event.payload.slice(0, 200)))),
      h('span.quiet', {}, when(event.created_at))))),
    cursor ? button(words.act.more, (event) => act(event, more)) : null]
      : narrowed() ? state('search', t.noMatch, t.noMatchHelp, button(words.events.clearAct, () => go('inbox', [], {}, { replace: true })))
        : state('check', t.none, t.noneHelp);
  }

  function narrowed() {
    return Boolean(query.type || query.status || query.min_receives);
  }

  async function more() {
    const page = await api.get('/api/inbox', { ...query, limit: PAGE, cursor }, { signal: scope.signal });
    shown.push(...page.events);
    cursor = page.has_more ? page.next_cursor : null;
    put(host, draw());
  }

  const read = () => load(scope, host, (signal) => api.get('/api/inbox', { ...query, limit: PAGE }, { signal }), (page) => {
    shown = page.events;
    cursor = page.has_more ? page.next_cursor : null;
    const there = new Set(shown.map(({ id }) => id));
    [...selected].forEach((id) => there.has(id) || selected.delete(id));
    return draw();
  });

  drawBar();
  read();
  return {
    element,
    read,
    // Nothing is taken from under one's hands.
    soon: () => selected.size || shown.length > PAGE || read(),
    moved(to) {
      query = filters(to);
      status.value = query.status;
      order.value = query.order;
      receives.value = query.min_receives;
      type.value = query.type;
      selected.clear();
      read();
    },
  };
}

function isOpen({ status }) {
  return status !== 'delivered';
}

function filters({ query }) {
  const one = (name, known) => (query.get(name) in known ? query.get(name) : '');
  return { type: query.get('type') ?? '', status: one('status', t.statuses), order: one('order', t.orders) || 'asc', min_receives: one('min_receives', t.receives) };
}

function leasesCard(scope) {
  const host = h('div', {});
  const element = h('section.card', {}, h('div.row.between', {}, h('h2', {}, t.leases), curlButton('GET', '/api/inbox/leases')), h('p.quiet', {}, t.leasesHelp), host);
  let asking = false;
  const read = async () => {
    if (asking || scope.closed) {
      return;
    }
    asking = true;
    await load(scope, host, (signal) => api.get('/api/inbox/leases', { limit: 100 }, { signal }), ({ leases, has_more: hasMore }) => (leases.length ? [h('ul.list', {}, leases.map(draw)), hasMore ? h('p.quiet', {}, t.moreLeases) : null] : h('p.quiet', {}, t.noLeases)));
    asking = false;
  };

  function draw(lease) {
    const name = lease.consumer ? visible(lease.consumer) : t.nobody;
    return h('li', {}, h('div.grow', {}, h('strong', {}, name), h('p.quiet', {}, words.events.loaded(lease.count), ', ', t.until, ' ', when(lease.leased_until))),
      may('inbox:write') ? [button(t.extend, (event) => act(event, async () => {
        const longer = await api.post('/api/inbox/extend', { lease_id: lease.lease_id, lease_seconds: 60 });
        toast(t.extended);
        if (held?.lease_id === lease.lease_id) {
          held.leased_until = longer.leased_until;
        }
        await read();
      }), { 'aria-label': `${t.extend} ${name}` }), button(t.giveBack, () => confirm(t.giveBackTitle(name), t.giveBackHelp, t.giveBack, async () => {
        const done = await api.post('/api/inbox/release', { lease_id: lease.lease_id });
        toast(t.givenBack(done.released));
        await read();
      }), { kind: 'danger', 'aria-label': `${t.giveBack} ${name}` })] : null);
  }

  read();
  return { element, read };
}

function consumersCard(scope) {
  const host = h('div', {});
  const element = h('section.card', {}, h('div.row.between', {}, h('h2', {}, t.consumers), curlButton('GET', '/api/consumers')), h('p.quiet', {}, t.consumersHelp), host);
  const read = () => load(scope, host, (signal) => api.get('/api/consumers', {}, { signal }), ({ consumers }) => (consumers.length ? h('ul.list', {}, consumers.map((consumer, index) => {
    const name = visible(consumer.name);
    const behind = h('span.quiet', {});
    const look = (trigger) => act(trigger, () => distance(scope, consumer, behind));
    if (index < LOOKED_UP) {
      look(null);
    } else {
      put(behind, button(t.howFar, look, { kind: 'plain.tiny' }));
    }
    return h('li', {}, h('div.grow', {}, h('strong', {}, name), h('p.quiet', {}, behind, ' ', t.kept, ' ', when(consumer.updated_at))), copyButton(consumer.cursor, `${t.copyCursor} ${name}`),
      may('inbox:write') ? [button(t.toLatest, () => confirm(t.toLatestTitle(name), t.toLatestHelp, t.toLatest, async () => {
        const latest = await api.get('/api/events', { from: 'latest', limit: 1, fields: 'summary' });
        // Only from where it was seen: a consumer that works meanwhile is not turned back.
        await api.put(`/api/consumers/${encodeURIComponent(consumer.name)}`, { cursor: latest.next_cursor, if_cursor: consumer.cursor });
        toast(t.moved);
        read();
      }), { 'aria-label': `${t.toLatest} ${name}` }), button(words.act.delete, () => confirm(t.forgetTitle(name), t.forgetHelp, words.act.delete, async () => {
        await api.delete(`/api/consumers/${encodeURIComponent(consumer.name)}`);
        toast(words.endpoints.deleted);
        read();
      }), { kind: 'danger', 'aria-label': `${words.act.delete} ${name}` })] : null);
  })) : h('p.quiet', {}, t.noConsumers)));
  read();
  return { element, read };
}

/** How much has come since the position, as far as one page tells. */
async function distance(scope, consumer, into) {
  try {
    const page = await api.get('/api/events', { cursor: consumer.cursor, limit: BEHIND, fields: 'summary' }, { signal: scope.signal });
    put(into, page.events.length ? [t.behind(page.events.length, page.has_more), ', ', t.since, ' ', when(page.events[0].created_at), '.'] : `${t.upToDate}.`);
  } catch (problem) {
    if (problem.status === 410) {
      put(into, h('span.result.is-bad', {}, t.gone));
    } else {
      throw problem;
    }
  }
}

function leaseDialog(taken) {
  const limit = h('input', { type: 'number', min: '1', max: '100', value: '5', required: true, autofocus: true });
  const seconds = choice(t.times, '300');
  const type = h('input', { placeholder: 'user.*', spellcheck: 'false' });
  const most = h('input', { type: 'number', min: '1' });
  const body = () => {
    const asked = { limit: Number(limit.value), lease_seconds: Number(seconds.value), consumer: 'portal' };
    if (type.value.trim()) {
      asked.type = type.value.trim();
    }
    if (most.value) {
      asked.max_receives = Number(most.value);
    }
    return asked;
  };
  dialog(t.leaseTitle, ({ close }) => h('form.stack', { onsubmit: (event) => {
    event.preventDefault();
    act(event.submitter, async () => {
      const lease = await api.post('/api/inbox/lease', body());
      close();
      if (lease.count) {
        taken(lease);
      } else {
        toast(t.nothingToLease);
      }
    });
  } }, h('p.quiet', {}, t.leaseHelp), h('div.fields', {}, field(t.many, limit), field(t.time, seconds), field(t.type, type, t.typeHelp), field(t.most, most, t.mostHelp)),
  h('div.row.end', {}, button(words.act.cancel, close), h('button.button.primary', { type: 'submit' }, t.lease))));
}

/** What one holds: done or given back one by one, or all at once. */
function workbench(scope, lease, changed) {
  const ended = h('span', { 'aria-live': 'polite' });
  const left = () => Date.parse(lease.leased_until) - Date.now();
  const look = () => put(ended, left() > 0 ? [t.yours, ' ', h('strong', {}, when(lease.leased_until))] : t.over);
  look();
  scope.every(1000, look);
  const without = (ids) => {
    const events = lease.events.filter(({ id }) => !ids.includes(id));
    changed(events.length ? { ...lease, events } : null);
  };
  const done = (trigger, ids) => act(trigger, async () => {
    const answer = await api.post('/api/ack', { event_ids: ids });
    toast(t.acknowledged(answer.acknowledged, answer.failed));
    without(ids);
  });
  const back = (trigger, ids) => act(trigger, async () => {
    const answer = await api.post('/api/inbox/release', { event_ids: ids });
    toast(t.givenBack(answer.released));
    without(ids);
  });
  const all = lease.events.map(({ id }) => id);
  return h('section.card.workbench', { 'aria-label': t.work }, h('div.row.between.wrap', {}, h('h2', {}, t.work), h('span.quiet', {}, ended)),
    h('div.row.wrap', {}, button(t.doneAll, (event) => done(event, all), { kind: 'primary', icon: 'check' }), button(t.extend, (event) => act(event, async () => {
      const longer = await api.post('/api/inbox/extend', { lease_id: lease.lease_id, lease_seconds: 300 });
      lease.leased_until = longer.leased_until;
      look();
      toast(t.extended);
    })), button(t.backAll, (event) => back(event, all)), curlButton('POST', '/api/ack', { body: { event_ids: all } })),
    h('ol.stack', {}, lease.events.map((event) => h('li.work-item', {}, h('div.row.between.wrap', {}, h('div.row.wrap', {}, h('a', { href: address('events', [event.id]) }, visible(event.type)), h('span.quiet', {}, t.received(event.receives), ', ', when(event.created_at))),
      h('div.row', {}, button(t.done, (trigger) => done(trigger, [event.id]), { icon: 'check', 'aria-label': `${t.done} ${event.id}` }), button(t.giveBack, (trigger) => back(trigger, [event.id]), { 'aria-label': `${t.giveBack} ${event.id}` }))), jsonView(event.payload)))));
}
