// What is around the views: navigation, state of the stream, theme, keys.

import { reachable } from './api.js';
import { h, icon, put } from './dom.js';
import { keys } from './keyboard.js';
import { KEYLESS, address, go, place, views } from './router.js';
import { embedding, forgetKey, me, returnUrl, service } from './session.js';
import { Scope, browserMemory, signal } from './store.js';
import { state as streamState } from './stream.js';
import { setZone, zone } from './time.js';
import { announce, announcer, dialog, iconButton, loading, state, trouble } from './ui.js';
import { words } from './words.js';

const PLACES = ['overview', 'events', 'inbox', 'endpoints', 'repair', 'playground', 'keys'];
const THEMES = ['system', 'light', 'dark'];

export const theme = signal(THEMES.includes(browserMemory.get('theme')) ? browserMemory.get('theme') : 'system');

export function setTheme(value) {
  browserMemory.set('theme', value);
  theme.set(value);
}

export function nextTheme() {
  setTheme(THEMES[(THEMES.indexOf(theme.get()) + 1) % THEMES.length]);
  announce(words.shell.theme[theme.get()]);
}

export function switchZone() {
  setZone(zone.get() === 'utc' ? 'local' : 'utc');
  announce(words.shell.zone[zone.get()]);
}

export async function openPalette() {
  const { palette } = await import('./palette.js');
  palette();
}

export function showKeyboard() {
  const { groups, help, title } = words.keyboard;
  const lists = { everywhere: ['?', 'Ctrl+K', '/', 'g o', 'g e', 'g i', 'g w', 'g r', 'g p', 'g k', 'g u', 'g a', 't'], list: ['j / ↓', 'k / ↑', 'Enter', 'Esc', 'p'], event: ['r', 'a', 'e', 'c', 'y'] };
  dialog(title, () => h('div.keymap', {}, Object.entries(lists).map(([name, list]) => h('section', {}, h('h3', {}, groups[name]),
    h('dl', {}, list.map((key) => h('div', {}, h('dt', {}, key.split(' ').map((part) => (part === '/' && key.length > 1 ? ' / ' : h('kbd', {}, part)))),
      h('dd', {}, help[key]))))))));
}

/** A view's scope, and where it is. */
let current = null;

export function shell(host, scope) {
  theme.watch(scope, (value) => document.documentElement.setAttribute('data-theme', value));
  const main = h('main', { id: 'main', tabindex: '-1' });
  const links = PLACES.map((name) => h('a.nav-link', { href: address(name) }, icon(name), h('span', {}, words.nav[name])));
  const live = h('span.live', { role: 'img' });
  streamState.watch(scope, (value) => {
    live.className = `live is-${value}`;
    live.setAttribute('aria-label', `${words.shell.states[value]}. ${words.shell.stateHelp[value]}`);
    live.title = words.shell.stateHelp[value];
    put(live, h('i'), h('span', {}, words.shell.states[value]));
  });
  const organization = h('span.organization');
  me.watch(scope, (holder) => {
    organization.textContent = holder?.organization_name ?? '';
    organization.title = holder?.organization_name ?? '';
  });
  const themeButton = iconButton('system', '', nextTheme);
  theme.watch(scope, (value) => {
    const label = words.shell.theme[value];
    themeButton.setAttribute('aria-label', label);
    themeButton.title = label;
    put(themeButton, icon({ system: 'system', light: 'sun', dark: 'moon' }[value]));
  });
  const zoneButton = h('button.text-button', { type: 'button', onclick: switchZone });
  zone.watch(scope, (value) => {
    zoneButton.textContent = value === 'utc' ? words.time.utc : words.time.local;
    zoneButton.setAttribute('aria-label', words.shell.zone[value]);
    zoneButton.title = words.shell.zone[value];
  });
  const banner = h('p.banner', { role: 'alert', hidden: true }, words.shell.unreachable);
  reachable.watch(scope, (value) => {
    banner.hidden = value;
  });
  // Where there is no navigation: the way back to what the page around this one shows.
  const home = h('a.home', { href: address('overview'), hidden: true }, icon('left'), h('span', {}));
  const back = returnUrl() ? h('a.text-button', { href: returnUrl(), rel: 'noreferrer' }, words.shell.back) : null;
  const frame = h('div.frame', {},
    h('a.skip', { href: '#main', onclick: (event) => {
      event.preventDefault();
      main.focus();
    } }, words.skip),
    h('header.top', {},
      h('a.brand', { href: address('overview'), 'aria-label': words.name }, icon('bolt'), h('span', {}, words.name)),
      organization,
      h('nav', { 'aria-label': words.shell.navigation }, links),
      h('div.top-tools', {}, live,
        h('button.palette-button', { type: 'button', onclick: openPalette, 'aria-label': words.shell.palette }, icon('search'), h('span', {}, words.shell.palette), h('kbd', {}, 'Ctrl K')),
        back, zoneButton, themeButton,
        iconButton('keyboard', words.shell.keyboard, showKeyboard),
        h('a.icon-button', { href: '/docs', 'aria-label': words.shell.docs, title: words.shell.docs }, icon('book')),
        iconButton('out', words.shell.signOut, () => forgetKey()))),
    h('div.content', {}, banner, home, main),
    announcer());
  put(host, frame);
  keys(scope, {
    'Ctrl+K': openPalette, '?': showKeyboard, t: nextTheme,
    'g o': () => go('overview'), 'g e': () => go('events'), 'g i': () => go('inbox'), 'g w': () => go('endpoints'), 'g r': () => go('repair'), 'g k': () => go('keys'),
    'g p': () => go('playground'), 'g u': () => go('keys', ['usage']), 'g a': () => go('keys', ['audit']),
    '/': () => {
      const box = /** @type {HTMLElement | null} */ (document.querySelector('input[type=search]'));
      return box ? box.focus() : go('events', [], { focus: 'search' });
    },
  });
  service.watch(scope, (known) => {
    links[PLACES.indexOf('playground')].hidden = !known?.playground;
  });
  me.watch(scope, (holder) => frame.classList.toggle('bare', place.get().view === 'start' || !holder));
  place.watch(scope, (at) => {
    frame.classList.toggle('bare', at.view === 'start' || !me.get());
    const around = embedding.get();
    home.hidden = !around?.view || around.navigation || at.view === around.view || at.view === 'start';
    if (!home.hidden) {
      home.setAttribute('href', address(around.view));
      home.lastElementChild.textContent = words.nav[around.view];
    }
    PLACES.forEach((name, index) => (name === at.view ? links[index].setAttribute('aria-current', 'page') : links[index].removeAttribute('aria-current')));
    const link = links[PLACES.indexOf(at.view)];
    if (link) {
      // Where they do not all fit; once they are laid out anyway.
      requestAnimationFrame(() => {
        link.parentElement.scrollLeft = link.offsetLeft - 8;
      });
    }
    show(main, at);
  });
}

async function show(main, at) {
  if (current?.view === at.view && current.moved) {
    current.moved(at);
    return;
  }
  const first = current === null;
  current?.scope.close();
  const scope = new Scope();
  const mine = { view: at.view, scope, moved: null };
  current = mine;
  if (!views.has(at.view)) {
    put(main, h('h1.off-screen', {}, words.problem.notFound), state('search', words.problem.notFound, words.problem.notFoundHelp));
    return;
  }
  if (!KEYLESS.has(at.view) && !me.get()) {
    return;
  }
  put(main, loading());
  try {
    const { open } = await views.get(at.view)();
    if (scope.closed) {
      return;
    }
    put(main);
    main.scrollTop = 0;
    // A view that returns a function is told when one moves within it.
    mine.moved = open({ main, scope, at: place.get() }) ?? null;
    const title = main.querySelector('h1');
    document.title = `${title?.textContent ?? words.name} · ${words.name}`;
    if (!first && title && !main.contains(document.activeElement)) {
      title.setAttribute('tabindex', '-1');
      title.focus({ preventScroll: true });
    }
  } catch (failure) {
    if (!scope.closed) {
      put(main, failure instanceof TypeError ? state('alert', words.shell.reload, '', h('button.button', { type: 'button', onclick: () => location.reload() }, words.act.retry)) : trouble(failure));
      console.error(failure);
    }
  }
}
