// How it stands: what came, what arrived, what fails and why.

import { api, Problem } from '../api.js';
import { h, put } from '../dom.js';
import { address, go } from '../router.js';
import { may } from '../session.js';
import { listen } from '../stream.js';
import { when } from '../time.js';
import { badge, button, choice, load, state, throttle, visible } from '../ui.js';
import { words } from '../words.js';
import { latency, volume } from './chart.js';
import { healthBadge, healthOf } from './health.js';

const t = words.overview;
const number = (value) => (value === null || value === undefined ? '–' : Number(value).toLocaleString('en-GB'));

async function absent(promise) {
  try {
    return await promise;
  } catch (problem) {
    if (problem instanceof Problem && (problem.status === 404 || problem.status === 403)) {
      return null;
    }
    throw problem;
  }
}

async function endpoints(signal) {
  const all = [];
  let cursor = null;
  do {
    const page = await api.get('/api/webhooks', { limit: 100, cursor }, { signal });
    all.push(...page.webhooks);
    cursor = page.has_more ? page.next_cursor : null;
  } while (cursor && all.length < 500);
  return all;
}

export function open({ main, scope, at }) {
  let range = at.query.get('range') ?? '24h';
  if (!(range in t.ranges)) {
    range = '24h';
  }
  const since = { accepted: 0, delivered: 0, failed: 0 };
  const tiles = h('dl.tiles', {});
  const failing = h('div', {});
  const causes = h('div', {});
  const charts = h('div.columns', { hidden: true });
  const recent = h('div', {});
  const ranges = choice(t.ranges, range, (value) => go('overview', [], { range: value }), { 'aria-label': t.range });
  put(main, h('div.page', {}, h('div.page-head', {}, h('h1', {}, t.title), ranges), tiles, charts,
    h('div.columns', {},
      h('div.stack', {}, h('section.card', {}, h('h2', {}, t.failingTitle), failing),
        h('section.card', {}, h('div.row.between', {}, h('h2', {}, t.causes), h('span.quiet', {}, t.causesHelp)), causes)),
      h('section.card', {}, h('div.row.between', {}, h('h2', {}, t.recent), h('a', { href: address('events') }, t.seeAll)), recent))));

  let known = {};

  function tile(label, value, note, { bad = false, href = null } = {}) {
    return h('div.tile', {}, h('dt', {}, label), h('dd', {}, h(`span.value${bad ? '.is-bad' : ''}`, {}, href ? h('a', { href }, value) : value), h('span.note', {}, note ?? '')));
  }

  function drawTiles() {
    const { statistics, all, oldest, dead } = known;
    const live = !statistics;
    const inRange = live ? t.today : t.inRange(t.ranges[range]);
    const bad = all?.filter((endpoint) => healthOf(endpoint).bad).length ?? null;
    const { accepted, delivered, failed } = statistics ?? since;
    put(tiles,
      tile(t.accepted, number(accepted), inRange), tile(t.delivered, number(delivered), inRange),
      tile(t.failed, number(failed), inRange),
      all ? tile(t.failing, number(bad), t.ofEndpoints(all.length), { bad: bad > 0, href: address('endpoints') }) : null,
      tile(t.oldest, oldest ? when(oldest) : t.none, ''),
      dead ? tile(t.dead, dead.more ? t.atLeast(number(dead.count)) : number(dead.count), '', { bad: dead.count > 0, href: address('repair') }) : null);
  }

  async function readTiles() {
    const { signal } = scope;
    const wanted = range;
    try {
      const [statistics, all, pending, failed] = await Promise.all([
        absent(api.get('/api/statistics', { range }, { signal })),
        may('webhooks:read') ? absent(endpoints(signal)) : null,
        absent(api.get('/api/inbox', { status: 'pending', order: 'asc', limit: 1 }, { signal })),
        absent(api.get('/api/inbox', { status: 'failed', limit: 100 }, { signal })),
      ]);
      if (scope.closed || wanted !== range) {
        return;
      }
      known = {
        statistics, all, oldest: statistics ? statistics.oldest_due?.due_at ?? null : pending?.events[0]?.created_at ?? null,
        dead: failed ? { count: failed.count, more: failed.has_more } : null,
      };
      drawTiles();
      drawCharts();
      drawFailing();
    } catch (problem) {
      if (!scope.closed && !tiles.childElementCount) {
        load(scope, failing, () => Promise.reject(problem), () => null);
      }
    }
  }

  function drawCharts() {
    const buckets = known.statistics?.buckets?.map((bucket) => ({ ...bucket, succeeded: bucket.succeeded ?? bucket.delivered ?? 0 }));
    charts.hidden = !buckets?.length;
    if (charts.hidden) {
      return;
    }
    put(charts, h('section.card', {}, h('h2', {}, t.volume), volume(buckets, range)),
      buckets.some(({ p95_ms: p95 }) => p95 !== null && p95 !== undefined) ? h('section.card', {}, h('div.row.between', {}, h('h2', {}, t.latency), h('span.quiet', {}, t.latencyHelp)), latency(buckets, range)) : null);
  }

  function drawFailing() {
    if (!known.all) {
      put(failing, h('p.quiet', {}, words.problem.missing(['webhooks:read'])));
      return;
    }
    const bad = known.all.filter((endpoint) => healthOf(endpoint).bad);
    put(failing, !known.all.length ? state('endpoints', t.noEndpoints, '', h('a.button', { href: address('endpoints', ['new']) }, words.endpoints.add))
      : bad.length ? h('ul.list', {}, bad.slice(0, 12).map((endpoint) => h('li', {}, h('div.grow', {}, h('a.cut', { href: address('endpoints', [endpoint.id]) }, visible(endpoint.url)), h('p.quiet', {}, healthOf(endpoint).help)), healthBadge(endpoint))))
        : h('p.quiet', {}, t.allWell));
  }

  function readCauses() {
    return load(scope, causes, (signal) => api.get('/api/attempts', { outcome: 'failed', since: new Date(Date.now() - 86400000).toISOString(), limit: 500 }, { signal }), (page) => {
      const groups = new Map();
      for (const attempt of page.attempts) {
        const code = attempt.error_code ?? String(attempt.response_status);
        groups.set(code, (groups.get(code) ?? 0) + 1);
      }
      if (!groups.size) {
        return h('p.quiet', {}, t.noErrors);
      }
      const sorted = [...groups].sort(([, a], [, b]) => b - a).slice(0, 8);
      return h('ul.list', {}, sorted.map(([code, count]) => {
        const part = h('i', {});
        part.style.width = `${(count / sorted[0][1]) * 100}%`;
        return h('li', {}, h('a', { href: address('events', [], { q: `error:${code} since:24h` }) }, h('code', {}, visible(code))), h('span.bar-line', { 'aria-hidden': 'true' }, part), h('span', {}, page.has_more ? t.atLeast(number(count)) : number(count)));
      }));
    });
  }

  function readRecent() {
    return load(scope, recent, (signal) => api.get('/api/inbox', { status: 'all', limit: 8 }, { signal }), (page) => (page.events.length ? h('ul.list', {}, page.events.map((event) =>
      h('li', {}, badge(event.status), h('a.grow.cut', { href: address('events', [event.id]) }, visible(event.type)), h('span.quiet', {}, when(event.created_at))))) : state('events', words.events.emptyTitle, words.events.emptyHelp, button(words.start.guide, () => go('start', ['guide'])))));
  }

  const tilesSoon = throttle(scope, 3000, readTiles);
  const countSoon = throttle(scope, 250, () => known.dead && drawTiles());
  const causesSoon = throttle(scope, 5000, readCauses);
  const recentSoon = throttle(scope, 1500, readRecent);
  listen(scope, ({ kind, data }) => {
    if (kind === 'event.accepted') {
      since.accepted++;
      recentSoon();
    } else if (kind === 'attempt.finished') {
      since[data.outcome === 'delivered' ? 'delivered' : 'failed']++;
      recentSoon();
      if (data.outcome !== 'delivered') {
        causesSoon();
      }
    }
    if (kind === 'endpoint.changed' || kind === 'delivery.dead' || kind === 'event.acknowledged' || kind === 'stream.opened') {
      tilesSoon();
    } else {
      countSoon();
    }
  });
  tilesSoon();
  causesSoon();
  recentSoon();
  scope.every(15000, tilesSoon);

  return (to) => {
    const next = to.query.get('range') ?? '24h';
    if (next !== range && next in t.ranges) {
      range = next;
      ranges.value = next;
      readTiles();
    }
  };
}
