// One box for all terms, with completion of names and known values.

import { api } from '../api.js';
import { h, icon, put } from '../dom.js';
import { may } from '../session.js';
import { iconButton, visible } from '../ui.js';
import { words } from '../words.js';
import { complete } from './query.js';

const t = words.events;

/** @param {(query: string) => void} submit */
export function searchBox(scope, paths, submit) {
  const known = { types: [], endpoints: [], paths };
  let offered = null;
  let chosen = -1;
  const list = h('div.suggestions', { id: 'suggestions', role: 'listbox', 'aria-label': t.suggestions, hidden: true });
  const input = h('input', {
    type: 'search', role: 'combobox', 'aria-expanded': 'false', 'aria-controls': 'suggestions', 'aria-autocomplete': 'list', 'aria-label': t.search,
    placeholder: t.searchHelp, autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false', maxlength: '2048',
    oninput: suggest, onfocus: () => {
      learn();
      suggest();
    }, onblur: hide, onkeydown: pressed,
  });
  const clear = iconButton('close', t.clear, () => {
    input.value = '';
    submit('');
    input.focus();
  });
  const form = h('form.search', { role: 'search', onsubmit: (event) => {
    event.preventDefault();
    hide();
    submit(input.value.trim());
  } }, icon('search'), input, clear, list);
  let learnt = false;

  function learn() {
    if (learnt) {
      return;
    }
    learnt = true;
    api.get('/api/event-types', { limit: 200 }, { signal: scope.signal }).then((page) => {
      known.types = page.event_types.map(({ type }) => type);
    }).catch(() => {});
    if (may('webhooks:read')) {
      api.get('/api/webhooks', { limit: 100 }, { signal: scope.signal }).then((page) => {
        known.endpoints = page.webhooks.map(({ id, url }) => ({ id, url }));
      }).catch(() => {});
    }
  }

  function suggest() {
    clear.hidden = !input.value;
    offered = complete(input.value, input.selectionStart ?? input.value.length, known);
    chosen = -1;
    put(list, offered.list.map((entry, index) => h('div.suggestion', {
      role: 'option', id: `suggestion-${index}`, 'aria-selected': 'false', onmousedown: (event) => {
        event.preventDefault();
        take(index);
      },
    }, h('code', {}, visible(entry.text)), entry.hint ? h('span', {}, visible(entry.hint)) : null)));
    const open = offered.list.length > 0 && document.activeElement === input;
    list.hidden = !open;
    input.setAttribute('aria-expanded', String(open));
    input.removeAttribute('aria-activedescendant');
  }

  function hide() {
    list.hidden = true;
    input.setAttribute('aria-expanded', 'false');
  }

  function choose(index) {
    list.children[chosen]?.setAttribute('aria-selected', 'false');
    chosen = (index + offered.list.length) % offered.list.length;
    const option = list.children[chosen];
    option.setAttribute('aria-selected', 'true');
    option.scrollIntoView({ block: 'nearest' });
    input.setAttribute('aria-activedescendant', option.id);
  }

  function take(index) {
    const entry = offered.list[index];
    const before = input.value.slice(0, offered.start) + entry.insert + (entry.open ? '' : ' ');
    input.value = before + input.value.slice(offered.end).trimStart();
    input.setSelectionRange(before.length, before.length);
    suggest();
  }

  function pressed(event) {
    const open = !list.hidden;
    if (event.key === 'ArrowDown' && open) {
      event.preventDefault();
      choose(chosen + 1);
    } else if (event.key === 'ArrowUp' && open) {
      event.preventDefault();
      choose(chosen - 1);
    } else if ((event.key === 'Enter' || event.key === 'Tab') && open && chosen >= 0) {
      event.preventDefault();
      take(chosen);
    } else if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      if (open) {
        hide();
      } else {
        input.blur();
        /** @type {HTMLElement | null} */ (document.querySelector('.rows'))?.focus();
      }
    }
  }

  return {
    element: form,
    focus: () => input.focus(),
    show(query) {
      if (document.activeElement !== input || input.value.trim() !== query) {
        input.value = query;
      }
      clear.hidden = !query;
    },
  };
}
