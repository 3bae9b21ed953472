// Events: live, searched, and one of them in full beside the list.

import { api } from '../api.js';
import { h, put } from '../dom.js';
import { paths as pathsOf } from '../json.js';
import { keys } from '../keyboard.js';
import { go, place } from '../router.js';
import { listen } from '../stream.js';
import { exact, when } from '../time.js';
import { act, announce, badge, button, choice, iconButton, loading, state, throttle, trouble, visible } from '../ui.js';
import { words } from '../words.js';
import { termValue, terms, typeFilter, withTerm } from './query.js';
import { rows } from './rows.js';
import { searchBox } from './search-box.js';

const t = words.events;
const MOST = 10000;
const PAGE = 100;
const PREVIEW = 240;
const MOST_PATHS = 400;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** What a row needs, and nothing that would keep the payload in memory. */
function rowOf(event) {
  const compact = (event.payload ?? '').slice(0, PREVIEW).replace(/\s+/g, ' ');
  return {
    id: event.id, type: event.type, created_at: event.created_at, status: event.status ?? 'pending', attempts: event.attempts ?? 0,
    response_status: event.response_status ?? null, last_error: event.last_error ?? null, version: 0,
    // Through an encoder and back: a slice would hold on to the whole text.
    preview: decoder.decode(encoder.encode(visible(compact))),
  };
}

export function open({ main, scope, at }) {
  const known = new Set();
  let query = '';
  let list = [];
  let pending = [];
  let byId = new Map();
  let cursor = null;
  let more = false;
  let trimmed = false;
  let gap = false;
  let until = null;
  let paused = false;
  let hovered = false;
  let loads = null;
  let asking = false;

  const box = searchBox(scope, known, (text) => go('events', place.get().parts, { q: text }));
  const statuses = h('div.segments', { role: 'group', 'aria-label': t.statusFilter }, Object.entries(t.filters).map(([name, text]) =>
    h('button', { type: 'button', 'data-status': name, onclick: () => search(withTerm(query, 'status:', name === 'all' ? '' : name)) }, text)));
  const range = choice(t.ranges, '', (value) => search(withTerm(query, 'since:', value)), { 'aria-label': t.rangeFilter });
  const pauseButton = iconButton('pause', t.pause, () => togglePause());
  const pill = h('button.pill', { type: 'button', hidden: true, onclick: () => {
    paused = false;
    flush();
    view.top();
  } });
  const foot = h('div.list-foot', {});
  const emptyHost = h('div.list-state', {});
  const view = rows(scope, {
    label: t.list, key: (row) => row.id, draw, open: (row) => go('events', [row.id], place.get().query), nearEnd: () => more && !trimmed && !asking && loadOlder(),
  });
  const pane = h('aside.pane', { 'aria-label': words.event.title });
  const listBody = h('div.list-body', {}, pill, view.element, emptyHost);
  const listPane = h('section.list-pane', {},
    h('div.toolbar', {}, box.element, h('div.filters', {}, statuses, range, pauseButton)),
    h('div.list-head', { 'aria-hidden': 'true' }, Object.values(t.columns).map((name) => h('span', {}, name))),
    listBody, foot);
  const split = h('div.split', {}, h('h1.off-screen', {}, t.title), listPane, pane);
  put(main, split);

  // Of both: the pill shows up where one points, and must not let go of what it counts.
  scope.on(listBody, 'mouseenter', () => {
    hovered = true;
  });
  scope.on(listBody, 'mouseleave', () => {
    hovered = false;
    calm();
  });
  scope.on(view.element, 'scroll', () => view.atTop() && calm(), { passive: true });

  function search(text) {
    go('events', place.get().parts, { q: text });
  }

  function draw(row) {
    const result = row.response_status ?? '';
    return [badge(row.status), h('span.cell-type', { title: visible(row.type) }, visible(row.type)), h('code.cell-payload', {}, row.preview),
      h('span.cell-result', {}, row.attempts > 1 || result ? [result ? h('b', {}, result) : null, row.attempts ? ` ${row.attempts}×` : null] : ''), when(row.created_at)];
  }

  function togglePause() {
    paused = !paused;
    if (!paused) {
      flush();
    }
    showPause();
  }

  function showPause() {
    const label = paused ? t.resume : t.pause;
    pauseButton.setAttribute('aria-label', label);
    pauseButton.title = `${label} (p)`;
    pauseButton.setAttribute('aria-pressed', String(paused));
  }

  /** Whether a new row may be put above what is being looked at. */
  const holds = () => paused || (hovered && list.length > 0) || !view.atTop();

  function calm() {
    if (pending.length && !holds()) {
      flush();
    }
  }

  const say = throttle(scope, 3000, () => {
    if (said) {
      announce(t.arrived(said));
      said = 0;
    }
  });
  let said = 0;

  function flush() {
    if (gap) {
      reload();
      return;
    }
    const fresh = pending;
    pending = [];
    insert(fresh);
  }

  function insert(fresh) {
    const added = fresh.filter((row) => !byId.has(row.id));
    added.forEach((row) => byId.set(row.id, row));
    if (added.length) {
      list = [...added.reverse(), ...list];
      if (list.length > MOST) {
        list.splice(MOST).forEach((row) => byId.delete(row.id));
        trimmed = true;
        more = true;
      }
    }
    show(added.length);
  }

  function show(added = 0) {
    pill.hidden = !pending.length;
    pill.textContent = t.pill(pending.length);
    const empty = !list.length;
    view.element.hidden = empty;
    emptyHost.hidden = !empty;
    if (!empty) {
      put(emptyHost);
    }
    view.show(list, added);
    put(foot, h('span', {}, t.loaded(list.length)), more && until ? h('span', {}, t.searchedUntil(exact(until))) : null,
      more ? button(asking ? words.loading : until ? t.further : t.older, loadOlder, { kind: 'plain', disabled: asking }) : list.length ? h('span.quiet', {}, t.end) : null);
    if (empty && !asking && more) {
      put(emptyHost, state('search', t.noMatchTitle, until ? t.searchedUntil(exact(until)) : t.noMatchHelp, button(t.further, loadOlder), button(t.clearAct, () => search(''))));
    } else if (empty && !asking) {
      put(emptyHost, query ? state('search', t.noMatchTitle, t.noMatchHelp, button(t.clearAct, () => search('')))
        : state('events', t.emptyTitle, t.emptyHelp, button(t.emptyAct, (event) => act(event, () => api.post('/api/events', { type: 'user.created', payload: { id: 1, name: 'Ada' } })), { kind: 'primary' })));
    }
  }

  function fetchPage(from, signal) {
    const options = { signal, patient: true };
    if (query) {
      return api.get('/api/events/search', { q: query, limit: PAGE, cursor: from }, options);
    }
    return api.get('/api/inbox', { status: 'all', order: 'desc', limit: PAGE, cursor: from }, options);
  }

  function begin() {
    list = [];
    byId = new Map();
    pending = [];
    cursor = null;
    more = false;
    trimmed = false;
    gap = false;
    until = null;
  }

  async function reload() {
    loads?.close();
    const mine = loads = scope.child();
    asking = true;
    begin();
    view.element.hidden = true;
    emptyHost.hidden = false;
    put(emptyHost, loading());
    put(foot);
    try {
      const page = await fetchPage(null, mine.signal);
      if (mine.closed) {
        return;
      }
      asking = false;
      append(page);
      view.mark(place.get().parts[0] ?? null);
    } catch (problem) {
      if (!mine.closed) {
        asking = false;
        put(emptyHost, trouble(problem, reload));
      }
    }
  }

  function append(page) {
    for (const event of page.events) {
      if (!byId.has(event.id)) {
        const row = rowOf(event);
        byId.set(row.id, row);
        list.push(row);
      }
    }
    cursor = page.next_cursor ?? null;
    more = page.has_more;
    trimmed = more && list.length >= MOST;
    until = query ? page.searched_until : null;
    show();
    // For the completion, which nobody asks for before there is something to see.
    scope.after(0, () => learn(page.events));
  }

  /** The paths by which payloads like these can be searched. */
  function learn(events) {
    for (const { payload } of events) {
      if (known.size >= MOST_PATHS) {
        return;
      }
      if (payload && payload.length < 4096) {
        pathsOf(payload).forEach((path) => known.add(path));
      }
    }
  }

  async function loadOlder() {
    if (asking || !more) {
      return;
    }
    asking = true;
    const mine = loads;
    try {
      if (trimmed && list.length) {
        // What was let go of is found again by its time: of the last one's millisecond there may be more.
        search(withTerm(query, 'until:', new Date(Date.parse(list[list.length - 1].created_at) + 1).toISOString()));
        return;
      }
      const page = await fetchPage(cursor, mine.signal);
      if (!mine.closed) {
        asking = false;
        append(page);
      }
    } catch (problem) {
      if (!mine.closed) {
        asking = false;
        more = false;
        show();
        put(foot, trouble(problem, () => {
          more = true;
          loadOlder();
        }));
      }
    } finally {
      if (mine === loads) {
        asking = false;
      }
    }
  }

  /** The newest page once more: states that changed, and events that came while nobody listened. */
  async function renew() {
    if (asking || !loads || loads.closed) {
      return;
    }
    const mine = loads;
    try {
      const page = await fetchPage(null, mine.signal);
      if (mine.closed) {
        return;
      }
      const fresh = [];
      // More came than a page holds, and nobody told of it.
      gap ||= page.has_more && list.length > 0 && !page.events.some(({ id }) => byId.has(id)) && !pending.length;
      if (gap && !holds()) {
        begin();
        append(page);
        return;
      }
      for (const event of page.events) {
        const row = byId.get(event.id);
        if (row) {
          Object.assign(row, { status: event.status, attempts: event.attempts, response_status: event.response_status, version: row.version + 1 });
        } else {
          fresh.push(rowOf(event));
        }
      }
      take(fresh.reverse());
      view.repaint();
    } catch {
      // The next change, or the stream's return, asks again.
    }
  }

  const renewSoon = throttle(scope, 2500, renew);

  function take(fresh) {
    if (!fresh.length) {
      return;
    }
    said += fresh.length;
    say();
    if (holds()) {
      const waiting = new Set(pending.map((row) => row.id));
      pending.push(...fresh.filter((row) => !byId.has(row.id) && !waiting.has(row.id)));
      if (pending.length > MOST) {
        pending.splice(0, pending.length - MOST);
        trimmed = true;
      }
      pill.hidden = !pending.length;
      pill.textContent = t.pill(pending.length);
    } else {
      insert(fresh);
    }
  }

  // What arrives within one frame is drawn at once.
  let batch = [];
  let frame = 0;

  function arrived(event) {
    learn([event]);
    batch.push(rowOf({ ...event, status: 'pending' }));
    if (!frame) {
      frame = setTimeout(() => {
        frame = 0;
        const fresh = batch;
        batch = [];
        if (!scope.closed) {
          take(fresh);
        }
      }, 60);
    }
  }

  const OUTCOMES = { delivered: 'delivered', retried: 'pending', failed: 'failed' };

  listen(scope, ({ kind, data }) => {
    const row = data && byId.get(data.event_id);
    switch (kind) {
      case 'event.accepted': {
        const filter = typeFilter(query);
        if (filter === null) {
          renewSoon();
        } else if (filter(data.type)) {
          arrived(data);
        }
        break;
      }
      case 'attempt.finished':
        if (row) {
          // Other endpoints may still be open: the service knows the whole.
          const settled = row.status === 'failed' || (row.status === 'delivered' && data.outcome !== 'failed');
          Object.assign(row, { attempts: Math.max(row.attempts, data.number), response_status: data.response_status, version: row.version + 1,
            status: settled ? row.status : OUTCOMES[data.outcome] });
          view.repaint();
        } else if (pending.length) {
          const waiting = pending.find(({ id }) => id === data.event_id);
          if (waiting) {
            Object.assign(waiting, { status: OUTCOMES[data.outcome], attempts: data.number, response_status: data.response_status });
          }
        }
        break;
      case 'delivery.dead':
      case 'event.acknowledged':
        if (row) {
          row.status = kind === 'delivery.dead' ? 'failed' : 'delivered';
          row.version++;
          view.repaint();
        }
        break;
      case 'stream.opened':
        renewSoon();
        break;
      default:
    }
  });

  let paneScope = null;
  let shown = null;

  function showPane(parts) {
    const wanted = parts.join('/');
    if (wanted === shown) {
      return;
    }
    shown = wanted;
    paneScope?.close();
    paneScope = scope.child();
    const mine = paneScope;
    split.classList.toggle('has-pane', parts.length > 0);
    view.mark(parts[0] ?? null);
    if (!parts.length) {
      put(pane, h('p.pane-empty', {}, t.pick));
      return;
    }
    put(pane, loading());
    const module = parts[1] === 'attempts' ? import('./attempt.js') : import('./event.js');
    module.then(({ show: showIn }) => {
      if (!mine.closed) {
        put(pane);
        showIn({ host: pane, scope: mine, parts, close, query: place.get().query });
        if (pane.offsetParent && getComputedStyle(listPane).display === 'none') {
          pane.querySelector('h2')?.focus();
        }
      }
    }).catch(() => put(pane, state('alert', words.shell.reload, '')));
  }

  function close() {
    go('events', [], place.get().query);
    view.element.focus({ preventScroll: true });
  }

  function moved(to) {
    const next = to.query.get('q') ?? '';
    box.show(next);
    const status = termValue(next, 'status:') || 'all';
    statuses.querySelectorAll('button').forEach((element) => element.setAttribute('aria-pressed', String(element.dataset.status === status)));
    const since = termValue(next, 'since:');
    range.value = since in t.ranges ? since : '';
    if (next !== query || !loads) {
      query = next;
      reload();
    }
    showPane(to.parts);
    if (to.query.get('focus') === 'search') {
      go('events', to.parts, { q: next }, { replace: true });
      box.focus();
    }
    document.title = `${terms(next).length ? `${next} · ` : ''}${t.title} · ${words.name}`;
  }

  keys(scope, {
    j: () => view.move(1), ArrowDown: () => view.move(1), k: () => view.move(-1), ArrowUp: () => view.move(-1),
    Enter: () => view.openSelected(), p: togglePause, Escape: () => place.get().parts.length && close(),
  });
  showPause();
  moved(at);
  return moved;
}
