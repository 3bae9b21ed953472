// In another page: what its address asks for, and the few words that are exchanged with the page around it.

import { embedding } from './session.js';
import { theme } from './shell.js';

const VIEWS = ['overview', 'events', 'inbox', 'endpoints', 'repair', 'playground', 'keys'];
const COLOUR = /^[0-9a-f]{6}$/i;
const FONT = /^[a-z][a-z0-9 -]{0,39}$/i;
const ORIGIN = /^https?:\/\/[a-z0-9.-]+(:[0-9]{1,5})?$/;
const ENOUGH = 4.5;

/** The grounds that the portal's own colours are made for, in the light and in the dark. */
const GROUNDS = { light: '#ffffff', dark: '#151c27' };

/** Behind the quietest text that there is. */
const QUIET = { light: '#566275', dark: '#98a5b8' };

/** A link is asked for so long before the session ends, and again after so long. */
const BEFORE = 60000;
const AGAIN = 5000;

/** What of the parameters is what it should be; the rest is as if it were not there. */
export function settings(parameters) {
  const one = (name, pattern) => (pattern.test(parameters.get(name) ?? '') ? parameters.get(name) : null);
  return {
    view: VIEWS.includes(parameters.get('view')) ? parameters.get('view') : null,
    navigation: parameters.get('navigation') !== 'off',
    theme: ['light', 'dark'].includes(parameters.get('theme')) ? parameters.get('theme') : null,
    accent: one('accent', COLOUR),
    paper: one('background', COLOUR),
    font: one('font', FONT),
    origin: one('origin', ORIGIN),
  };
}

const channels = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));

function luminance(hex) {
  const [r, g, b] = channels(hex).map((value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

export function contrast(a, b) {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

function mix(hex, to, share) {
  const target = channels(to);
  return `#${channels(hex).map((value, index) => Math.round(value + (target[index] - value) * share).toString(16).padStart(2, '0')).join('')}`;
}

/** As near to the wish as can be read on, or before, what is given. */
export function legible(hex, other, towards) {
  for (let share = 0; share < 1; share += 0.05) {
    const tried = mix(hex, towards, share);
    if (contrast(tried, other) >= ENOUGH) {
      return tried;
    }
  }
  return towards;
}

/** Colours and fonts go in as values of properties, which hold nothing else; they stay readable whatever was asked for. */
function dress(wish, frame) {
  const style = document.documentElement.style;
  if (wish.accent) {
    const light = legible(`#${wish.accent}`, GROUNDS.light, '#000000');
    const dark = legible(`#${wish.accent}`, GROUNDS.dark, '#ffffff');
    style.setProperty('--accent', `light-dark(${light}, ${dark})`);
    style.setProperty('--accent-ink', `light-dark(${legible('#ffffff', light, '#ffffff')}, ${legible('#0b1524', dark, '#000000')})`);
    style.setProperty('--accent-soft', `light-dark(${legible(mix(light, '#ffffff', 0.88), light, '#ffffff')}, ${legible(mix(dark, GROUNDS.dark, 0.82), dark, '#000000')})`);
  }
  if (wish.paper) {
    const bright = luminance(`#${wish.paper}`) > 0.3;
    const paper = bright ? legible(`#${wish.paper}`, QUIET.light, '#ffffff') : legible(`#${wish.paper}`, QUIET.dark, '#000000');
    style.setProperty('--paper', bright ? `light-dark(${paper}, #0e131b)` : `light-dark(#f6f7f9, ${paper})`);
  }
  if (wish.font) {
    style.setProperty('--sans', `"${wish.font}", system-ui, sans-serif`);
  }
  if (wish.theme) {
    theme.set(wish.theme);
  }
  frame.classList.add('embedded');
  frame.classList.toggle('no-navigation', !wish.navigation);
}

/**
 * Begins: `exchange` makes a session of a link's token.
 * @param {URLSearchParams} parameters
 * @param {(token: string) => Promise<void>} exchange
 */
export function embed(parameters, exchange) {
  const wish = settings(parameters);
  dress(wish, document.documentElement);
  if (wish.view && !location.hash.startsWith('#/')) {
    history.replaceState(null, '', `${location.pathname}${location.search}#/${wish.view}`);
    window.dispatchEvent(new Event('hashchange'));
  }
  const host = wish.origin && window.parent !== window ? window.parent : null;
  if (!host) {
    embedding.set({ view: wish.view, navigation: wish.navigation, ask: null });
    return;
  }
  // To the one origin that is named: another page that holds this one hears nothing.
  const tell = (message) => host.postMessage(message, wish.origin);
  let asked = 0;
  let ends = 0;
  const ask = () => {
    if (Date.now() - asked > AGAIN) {
      asked = Date.now();
      tell({ type: 'triggers.link-wanted' });
    }
  };
  embedding.set({
    view: wish.view, navigation: wish.navigation, ask,
    /** A session that ends is followed by the next one while somebody reads. */
    lasts(until) {
      clearTimeout(ends);
      ends = setTimeout(ask, Math.max(AGAIN, Date.parse(until) - Date.now() - BEFORE));
    },
  });
  window.addEventListener('message', ({ origin, source, data }) => {
    const token = /#token=([\w-]+)/.exec(String(data?.url ?? ''))?.[1];
    if (origin === wish.origin && source === host && data?.type === 'triggers.link' && token) {
      exchange(token);
    }
  });
  let told = 0;
  const measure = () => {
    const height = Math.ceil(document.getElementById('app').getBoundingClientRect().height);
    if (height !== told) {
      told = height;
      tell({ type: 'triggers.height', height });
    }
  };
  new ResizeObserver(measure).observe(document.getElementById('app'));
  window.addEventListener('load', measure);
}
