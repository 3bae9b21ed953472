// What the organization uses, and what its limit is.

import { allowance, api } from '../api.js';
import { h, put } from '../dom.js';
import { me } from '../session.js';
import { relative } from '../time.js';
import { choice, curlButton, load, state } from '../ui.js';
import { words } from '../words.js';
import { bars } from './chart.js';

const t = words.usage;
const HOURS = 3600000;

/** Ranges that the API keeps, and the steps that they are drawn in. */
const RANGES = { '24h': { step: 'hour', ms: HOURS, n: 24 }, '7d': { step: 'hour', ms: HOURS, n: 168 }, '30d': { step: 'day', ms: 24 * HOURS, n: 30 }, '1y': { step: 'day', ms: 24 * HOURS, n: 365 } };

const SERIES = ['accepted', 'attempts', 'bytes', 'reads'];

export function show({ host, scope }) {
  let range = '24h';
  const figures = h('div.stack', {});
  const limit = h('section.card', {});
  const ranges = choice(t.ranges, range, (value) => {
    range = value;
    read();
  }, { 'aria-label': words.overview.range });
  const curl = h('div', {});
  put(host, limit, h('div.row.between.wrap', {}, h('h2', {}, t.title), h('div.row', {}, ranges, curl)), figures);

  allowance.watch(scope, (left) => {
    const perMinute = me.get()?.rate_limit_per_minute ?? left?.limit ?? 0;
    put(limit, h('h2', {}, t.limit), h('p', {}, words.keys.perMinute(perMinute), ' ', h('span.quiet', {}, t.limitHelp)),
      left ? [h('div.meter', {}, h('progress', { max: left.limit, value: left.limit - left.remaining, 'aria-label': t.usedNow })), h('p.quiet', {}, t.used(left.limit - left.remaining, left.limit), left.remaining < left.limit ? [', ', t.full, ' ', relative(left.reset * 1000)] : null)] : h('p.quiet', {}, words.keys.unknownUsage));
  });

  function query() {
    const { step, ms, n } = RANGES[range];
    const to = Math.ceil(Date.now() / ms) * ms;
    return { step, from: new Date(to - n * ms).toISOString(), to: new Date(to).toISOString() };
  }

  function read() {
    put(curl, curlButton('GET', '/api/usage', { query: query() }));
    load(scope, figures, (signal) => api.get('/api/usage', query(), { signal }), draw);
  }

  function draw(found) {
    const all = whole(found, RANGES[range]);
    const { totals } = found;
    if (!found.steps.length) {
      return h('section.card', {}, state('overview', t.none, t.noneHelp));
    }
    const perMinute = me.get()?.rate_limit_per_minute ?? 0;
    const most = Math.max(...all.map(({ accepted }) => accepted));
    const share = perMinute ? most / (perMinute * (RANGES[range].ms / 60000)) : 0;
    return [h('div.tiles', {}, ['accepted', 'duplicates', 'rejected', 'delivered', 'dead', 'bytes', 'reads'].map((name) => h('div.tile', {}, h('span.label', {}, t.names[name]), h(`span.value${name === 'dead' && totals.dead ? '.is-bad' : ''}`, {}, amount(name, totals[name]))))),
      h('p.quiet', {}, t.busiest(amount('accepted', most), t.steps[RANGES[range].step], share)),
      h('div.columns', {}, SERIES.map((name) => h('section.card', {}, h('h3', {}, t.charts[name]),
        name === 'attempts' ? bars(all, [{ name: 'delivered', kind: 'ok' }, { name: 'dead', kind: 'no' }], draws(name)) : bars(all, [{ name, kind: 'plain' }], draws(name)))))];
  }

  const draws = (name) => ({ range: range === '24h' ? '24h' : '30d', label: t.chartLabel(t.charts[name], t.ranges[range]), format: (n) => amount(name, n), step: t.steps[RANGES[range].step], names: t.names });

  read();
  scope.every(30000, read);
}

/** Steps in which nothing was are left out of the answer; a chart has them. */
function whole({ steps, from, to }, { ms }) {
  const known = new Map(steps.map((step) => [Date.parse(step.start), step]));
  const all = [];
  for (let at = Date.parse(from); at < Date.parse(to); at += ms) {
    all.push(known.get(at) ?? { start: new Date(at).toISOString(), accepted: 0, attempts: 0, delivered: 0, dead: 0, bytes: 0, reads: 0 });
  }
  return all;
}

export function amount(name, n) {
  return name === 'bytes' ? size(n) : n.toLocaleString('en-GB');
}

export function size(n) {
  let unit = 0;
  let value = n;
  while (value >= 1024 && unit < t.units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${unit && value < 100 ? value.toFixed(1) : Math.round(value).toLocaleString('en-GB')} ${t.units[unit]}`;
}
