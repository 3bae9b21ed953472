// Small charts of buckets `{start, succeeded, failed, p50_ms, p95_ms}`, drawn as they are.

import { h, s } from '../dom.js';
import { day, duration, shortClock, shortExact } from '../time.js';
import { words } from '../words.js';

const t = words.overview;
const WIDTH = 600;
const HEIGHT = 120;

export function totals(buckets) {
  return buckets.reduce((sum, bucket) => ({ ok: sum.ok + (bucket.succeeded ?? 0), no: sum.no + (bucket.failed ?? 0) }), { ok: 0, no: 0 });
}

function axis(buckets, range) {
  const show = range === '7d' || range === '30d' ? day : shortClock;
  const last = buckets.length - 1;
  return h('div.chart-axis', { 'aria-hidden': 'true' }, [0, Math.floor(last / 2), last].map((index) => h('span', {}, show(buckets[index].start))));
}

export function volume(buckets, range) {
  const { ok, no } = totals(buckets);
  const most = Math.max(1, ...buckets.map((bucket) => bucket.succeeded + bucket.failed));
  const step = WIDTH / buckets.length;
  const svg = s('svg.chart', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: 'none', role: 'img', 'aria-label': t.chartLabel(ok, no, t.ranges[range]) },
    [0.5, HEIGHT / 2, HEIGHT - 0.5].map((y) => s('line', { x1: 0, y1: y, x2: WIDTH, y2: y })),
    buckets.map((bucket, index) => {
      const good = (bucket.succeeded / most) * (HEIGHT - 1);
      const bad = (bucket.failed / most) * (HEIGHT - 1);
      const x = index * step + step * 0.1;
      return s('g', {}, s('title', {}, `${shortExact(bucket.start)}: ${t.chartValues(bucket.succeeded, bucket.failed)}`), s('rect.touch', { x: index * step, width: step, y: 0, height: HEIGHT }),
        bucket.succeeded ? s('rect.ok', { x, width: step * 0.8, y: HEIGHT - good, height: good }) : null, bucket.failed ? s('rect.no', { x, width: step * 0.8, y: HEIGHT - good - bad, height: Math.max(bad, 1.5) }) : null);
    }));
  return h('figure', {}, h('p.chart-most', {}, t.atMost(most, t.steps[range])), svg, axis(buckets, range), h('figcaption.quiet', {}, h('span', {}, h('span.key-line.ok', {}), `${ok.toLocaleString('en-GB')} ${t.succeeded}`), h('span', {}, h('span.key-line.no', {}), `${no.toLocaleString('en-GB')} ${t.failedShort}`)));
}

function line(buckets, name, most) {
  let path = '';
  let pen = false;
  buckets.forEach((bucket, index) => {
    const value = bucket[name];
    if (value === null || value === undefined) {
      pen = false;
      return;
    }
    path += `${pen ? 'L' : 'M'}${(((index + 0.5) / buckets.length) * WIDTH).toFixed(1)} ${(HEIGHT - 3 - (value / most) * (HEIGHT - 5)).toFixed(1)}`;
    path += pen ? '' : 'h0.01';
    pen = true;
  });
  return path;
}

export function latency(buckets, range) {
  const values = buckets.map(({ p95_ms: p95 }) => p95).filter((value) => value !== null && value !== undefined);
  const most = Math.max(1, ...values);
  const highest = duration(most);
  return h('figure', {}, h('p.chart-most', {}, t.highest(highest)), s('svg.chart', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: 'none', role: 'img', 'aria-label': `${t.latency}, ${t.latencyHelp}, ${t.highest(highest)}` },
    [0.5, HEIGHT / 2, HEIGHT - 0.5].map((y) => s('line', { x1: 0, y1: y, x2: WIDTH, y2: y })), s('path.p95', { d: line(buckets, 'p95_ms', most) }), s('path.p50', { d: line(buckets, 'p50_ms', most) })),
  axis(buckets, range), h('figcaption.quiet', {}, h('span', {}, h('span.key-line.p50', {}), t.p50), h('span', {}, h('span.key-line.p95', {}), t.p95)));
}

/** The share that succeeded, small enough for a line of a table. */
export function sparkline(buckets) {
  const { ok, no } = totals(buckets);
  const most = Math.max(1, ...buckets.map((bucket) => bucket.succeeded + bucket.failed));
  const step = 100 / buckets.length;
  return s('svg.chart.spark', { viewBox: '0 0 100 24', preserveAspectRatio: 'none', role: 'img', 'aria-label': `${ok} ${t.succeeded}, ${no} ${t.failedShort}` },
    buckets.map((bucket, index) => {
      const good = (bucket.succeeded / most) * 23;
      const bad = (bucket.failed / most) * 23;
      return [bucket.succeeded ? s('rect.ok', { x: index * step, width: step * 0.8, y: 24 - good, height: good }) : null, bucket.failed ? s('rect.no', { x: index * step, width: step * 0.8, y: 24 - good - bad, height: Math.max(bad, 1) }) : null];
    }));
}

/**
 * Bars of any counts, one upon the other.
 * @param {any[]} buckets
 * @param {{name: string, kind: string}[]} series
 * @param {{range: string, label: string, format: (n: number) => string, step: string, names: Record<string, string>}} how
 */
export function bars(buckets, series, { range, label, format, step: stepName, names }) {
  const sum = (bucket) => series.reduce((all, { name }) => all + bucket[name], 0);
  const most = Math.max(1, ...buckets.map(sum));
  const step = WIDTH / buckets.length;
  const said = (bucket) => series.map(({ name }) => `${names[name]} ${format(bucket[name])}`).join(', ');
  const svg = s('svg.chart.low', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: 'none', role: 'img', 'aria-label': label }, [0.5, HEIGHT / 2, HEIGHT - 0.5].map((y) => s('line', { x1: 0, y1: y, x2: WIDTH, y2: y })),
    buckets.map((bucket, index) => {
      let top = HEIGHT;
      return s('g', {}, s('title', {}, `${shortExact(bucket.start)}: ${said(bucket)}`), s('rect.touch', { x: index * step, width: step, y: 0, height: HEIGHT }), series.map(({ name, kind }) => {
        const height = bucket[name] ? Math.max(1.5, (bucket[name] / most) * (HEIGHT - 1)) : 0;
        top -= height;
        return height ? s(`rect.${kind}`, { x: index * step + step * 0.1, width: step * 0.8, y: top, height }) : null;
      }));
    }));
  return h('figure', {}, h('p.chart-most', {}, words.usage.upTo(format(most), stepName)), svg, axis(buckets, range),
    series.length > 1 ? h('figcaption.quiet', {}, series.map(({ name, kind }) => h('span', {}, h(`span.key-line.${kind}`, {}), names[name]))) : null);
}

/** The p95 over time, as thin as a line of a table. */
export function p95line(buckets) {
  const values = buckets.map(({ p95_ms: p95 }) => p95).filter((value) => value !== null && value !== undefined);
  if (!values.length) {
    return null;
  }
  const most = Math.max(1, ...values);
  return s('svg.chart.spark', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: 'none', role: 'img', 'aria-label': `${t.p95}, ${t.highest(duration(most))}` }, s('path.p95', { d: line(buckets, 'p95_ms', most) }));
}
