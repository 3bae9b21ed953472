// An endpoint's state in words.

import { h } from '../dom.js';
import { relative, when } from '../time.js';
import { badge } from '../ui.js';
import { words } from '../words.js';

const t = words.endpoints.health;

export function healthOf(endpoint) {
  const { enabled, health } = endpoint;
  if (!enabled) {
    return { kind: 'cancelled', text: t.disabled, help: t.disabledHelp(words.endpoints.reasons[endpoint.disabled_reason] ?? endpoint.disabled_reason), bad: Boolean(endpoint.disabled_reason) && endpoint.disabled_reason !== 'manual' };
  }
  if (health?.circuit === 'open') {
    return { kind: 'bad', text: t.open, help: t.openHelp(health.open_until ? relative(health.open_until) : ''), bad: true };
  }
  if (health?.circuit === 'half_open') {
    return { kind: 'wait', text: t.half, help: t.halfHelp, bad: true };
  }
  if (health?.held_until && Date.parse(health.held_until) > Date.now()) {
    return { kind: 'wait', text: t.held, help: t.heldHelp(relative(health.held_until)), bad: false };
  }
  if (health?.consecutive_failures > 0) {
    return { kind: 'bad', text: t.failing(health.consecutive_failures), help: health.failing_since ? t.failingHelp(relative(health.failing_since)) : '', bad: true };
  }
  return { kind: 'good', text: t.well, help: t.wellHelp, bad: false };
}

export function healthBadge(endpoint) {
  const { kind, text, help } = healthOf(endpoint);
  const element = badge(kind, text);
  element.title = help;
  return element;
}

export function healthWords(endpoint) {
  const { help } = healthOf(endpoint);
  const until = endpoint.health?.open_until ?? endpoint.health?.held_until;
  return h('p.quiet', {}, help, until && Date.parse(until) > Date.now() ? [' ', h('span', {}, '('), when(until, 'exact'), ')'] : null);
}
