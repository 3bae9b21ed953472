// Times as people read them: relative, exact on hover, in the reader's zone or UTC.

import { browserMemory, signal } from './store.js';
import { h } from './dom.js';
import { words } from './words.js';

const u = words.time;

export const zone = signal(browserMemory.get('zone') === 'utc' ? 'utc' : 'local');

export function setZone(value) {
  browserMemory.set('zone', value);
  zone.set(value);
  refresh();
}

const formats = new Map();

function format(name, options) {
  const key = name + zone.get();
  let made = formats.get(key);
  if (!made) {
    made = new Intl.DateTimeFormat('en-GB', { ...options, hourCycle: 'h23', timeZone: zone.get() === 'utc' ? 'UTC' : undefined });
    formats.set(key, made);
  }
  return made;
}

export function clock(time) {
  return format('clock', { hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(new Date(time));
}

export function day(time) {
  return format('day', { day: 'numeric', month: 'short' }).format(new Date(time));
}

export function shortClock(time) {
  return format('short', { hour: '2-digit', minute: '2-digit' }).format(new Date(time));
}

export function shortExact(time) {
  return `${day(time)}, ${shortClock(time)}`;
}

export function exact(time) {
  const date = new Date(time);
  const millis = String(date.getMilliseconds()).padStart(3, '0');
  const base = format('exact', { year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit' })
    .format(date);
  return `${base}.${millis} ${zone.get() === 'utc' ? words.time.utc : words.time.yours}`;
}

export function duration(ms) {
  if (ms === null || ms === undefined) {
    return '–';
  }
  if (ms < 999.5) {
    return u.ms(Math.round(ms));
  }
  const s = Math.round(ms / 1000);
  if (ms < 9950) {
    return u.s((ms / 1000).toFixed(1));
  }
  if (s < 60) {
    return u.s(s);
  }
  if (s < 3600) {
    return s % 60 ? `${u.min(Math.floor(s / 60))} ${u.s(s % 60)}` : u.min(s / 60);
  }
  const min = Math.round(s / 60);
  if (s < 172800) {
    return min % 60 ? `${u.h(Math.floor(min / 60))} ${u.min(min % 60)}` : u.h(min / 60);
  }
  return u.d(Math.floor(s / 86400));
}

export function relative(time, now = Date.now()) {
  const ms = now - new Date(time).getTime();
  if (Math.abs(ms) < 1500) {
    return words.time.now;
  }
  return ms > 0 ? words.time.ago(rough(ms)) : words.time.until(rough(-ms));
}

function rough(ms) {
  const s = Math.round(ms / 1000);
  if (s < 60) {
    return u.s(s);
  }
  if (s < 3600) {
    return u.min(Math.floor(s / 60));
  }
  return s < 86400 ? u.h(Math.floor(s / 3600)) : u.d(Math.floor(s / 86400));
}

function show(element) {
  const time = element.dataset.at;
  const text = element.dataset.form === 'exact' ? exact(time) : relative(time);
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

/** An element that keeps itself up to date while it is shown. */
export function when(time, form = 'relative') {
  if (!time) {
    return h('span.quiet', {}, '–');
  }
  const element = h('time', { datetime: time, title: exact(time), 'data-at': time, 'data-form': form });
  show(element);
  return element;
}

export function refresh() {
  for (const element of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('time[data-at]'))) {
    show(element);
    element.setAttribute('title', exact(element.dataset.at));
  }
}

setInterval(() => document.hidden || refresh(), 1000);
