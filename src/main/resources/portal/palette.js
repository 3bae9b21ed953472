// Everything that can be gone to or done, by typing some of its name.

import { h, put } from './dom.js';
import { go } from './router.js';
import { forgetKey, may, service } from './session.js';
import { setTheme, showKeyboard, switchZone } from './shell.js';
import { dialog, visible } from './ui.js';
import { words } from './words.js';

const t = words.palette;
const HINTS = { overview: 'g o', events: 'g e', inbox: 'g i', endpoints: 'g w', repair: 'g r', keys: 'g k', playground: 'g p' };
const ID = /^[0-9a-f]{8}-[0-9a-f-]{27}$/i;

/** @returns {{text: string, hint?: string, run: () => void}[]} */
function commands() {
  return [
    ...Object.entries(words.nav).filter(([view]) => view !== 'playground' || service.get()?.playground).map(([view, text]) => ({ text, hint: HINTS[view], run: () => go(view) })),
    { text: `${words.nav.keys}: ${words.keys.tabs.usage}`, hint: 'g u', run: () => go('keys', ['usage']) },
    { text: `${words.nav.keys}: ${words.keys.tabs.audit}`, hint: 'g a', run: () => go('keys', ['audit']) },
    ...commandsHere(),
    may('webhooks:write') ? { text: words.endpoints.add, run: () => go('endpoints', ['new']) } : null,
    { text: words.start.guide, run: () => go('start', ['guide']) },
    ...Object.entries(words.events.filters).filter(([name]) => name !== 'all').map(([name, text]) => ({ text: `${words.nav.events}: ${text}`, run: () => go('events', [], { q: `status:${name}` }) })),
    ...Object.entries(t.themes).map(([name, text]) => ({ text, run: () => setTheme(name) })),
    { text: t.zone, run: switchZone },
    { text: words.keyboard.title, hint: '?', run: showKeyboard },
    { text: words.operator.title, run: () => go('operator') },
    ...Object.entries(words.operator.tabs).filter(([tab]) => tab !== 'service').map(([tab, text]) => ({ text: `${words.operator.title}: ${text}`, run: () => go('operator', [tab]) })),
    { text: words.shell.docs, run: () => window.open('/docs', '_blank', 'noopener') },
    { text: words.shell.signOut, run: () => forgetKey() },
  ].filter(Boolean);
}

/** What the view that is open offers: its own buttons, by their names. */
function commandsHere() {
  const seen = new Set();
  return [...document.querySelectorAll('main .page-head button, main .actions button, main section.card > .row button, main .workbench button')].filter((element) => {
    const name = nameOf(element);
    return !(/** @type {HTMLButtonElement} */ (element).disabled) && name && element.checkVisibility() && !seen.has(name) && seen.add(name);
  }).slice(0, 20).map((element) => ({ text: nameOf(element), hint: t.here, run: () => /** @type {HTMLElement} */ (element).click() }));
}

const nameOf = (element) => element.getAttribute('aria-label') ?? element.textContent.trim();

/** All letters, in order. */
function fits(text, typed) {
  let at = 0;
  for (const letter of typed.toLowerCase()) {
    at = text.toLowerCase().indexOf(letter, at) + 1;
    if (!at) {
      return false;
    }
  }
  return true;
}

export function palette() {
  if (document.querySelector('dialog.dialog[open]')) {
    return;
  }
  let shown = [];
  let chosen = 0;
  const list = h('div.options', { role: 'listbox', id: 'palette-list', 'aria-label': t.title });
  const input = h('input', {
    type: 'text', role: 'combobox', 'aria-expanded': 'true', 'aria-controls': 'palette-list', 'aria-label': t.placeholder, placeholder: t.placeholder, autocomplete: 'off', spellcheck: 'false', autofocus: true,
    oninput: draw, onkeydown: (event) => {
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        event.preventDefault();
        chosen = (chosen + (event.key === 'ArrowDown' ? 1 : -1) + shown.length) % Math.max(1, shown.length);
        mark();
      } else if (event.key === 'Enter') {
        event.preventDefault();
        run(shown[chosen]);
      }
    },
  });
  const close = dialog(t.title, () => h('div.palette', {}, input, list));

  function run(command) {
    if (command) {
      close();
      command.run();
    }
  }

  function draw() {
    const typed = input.value.trim();
    shown = commands().filter(({ text }) => fits(text, typed)).slice(0, 12);
    if (ID.test(typed)) {
      shown.unshift({ text: t.openEvent(typed), run: () => go('events', [typed]) });
    } else if (typed) {
      shown.push({ text: t.searchFor(typed), run: () => go('events', [], { q: typed }) });
    }
    chosen = 0;
    put(list, shown.map((command, index) => h('div.option', { role: 'option', id: `command-${index}`, 'aria-selected': 'false', onclick: () => run(command) }, h('span', {}, visible(command.text)), command.hint ? h('kbd', {}, command.hint) : null)));
    mark();
  }

  function mark() {
    [...list.children].forEach((element, index) => element.setAttribute('aria-selected', String(index === chosen)));
    list.children[chosen]?.scrollIntoView({ block: 'nearest' });
    input.setAttribute('aria-activedescendant', `command-${chosen}`);
  }

  draw();
}
