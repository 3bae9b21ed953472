// A list that draws only what is seen of it, and does not move what is being read.

import { h } from '../dom.js';

const OVERSCAN = 8;

/**
 * @param {any} scope
 * @param {{label: string, draw: (row: any) => any[], key: (row: any) => string, open: (row: any) => void, nearEnd: () => void}} how
 */
export function rows(scope, how) {
  const { label, draw, key, open, nearEnd } = how;
  const inner = h('div.rows-inner', { role: 'presentation' });
  const box = h('div.rows', { role: 'listbox', tabindex: '0', 'aria-label': label }, inner);
  const drawn = new Map();
  let all = [];
  let selected = -1;
  let opened = null;
  let frame = 0;

  const height = () => (box.clientWidth < 620 ? 62 : 38);

  function plan() {
    if (!frame) {
      frame = requestAnimationFrame(() => {
        frame = 0;
        paint();
      });
    }
  }

  function paint() {
    if (scope.closed) {
      return;
    }
    const size = height();
    box.classList.toggle('two-lines', size > 50);
    inner.style.height = `${all.length * size}px`;
    const first = Math.max(0, Math.floor(box.scrollTop / size) - OVERSCAN);
    const last = Math.min(all.length, Math.ceil((box.scrollTop + box.clientHeight) / size) + OVERSCAN);
    const wanted = new Set();
    for (let index = first; index < last; index++) {
      const row = all[index];
      const id = key(row);
      wanted.add(id);
      let element = drawn.get(id);
      if (!element || element.row !== row || element.version !== row.version) {
        element?.node.remove();
        const node = h('div.event-row', { role: 'option', id: `row-${id}` }, draw(row));
        node.addEventListener('click', () => {
          selected = all.findIndex((other) => key(other) === id);
          open(all[selected]);
        });
        element = { node, row, version: row.version };
        drawn.set(id, element);
        inner.append(node);
      }
      element.node.style.transform = `translateY(${index * size}px)`;
      element.node.setAttribute('aria-posinset', String(index + 1));
      element.node.setAttribute('aria-setsize', String(all.length));
      element.node.setAttribute('aria-selected', String(index === selected));
      element.node.classList.toggle('is-opened', id === opened);
    }
    for (const [id, { node }] of drawn) {
      if (!wanted.has(id)) {
        node.remove();
        drawn.delete(id);
      }
    }
    if (selected >= 0 && all[selected] && drawn.has(key(all[selected]))) {
      box.setAttribute('aria-activedescendant', `row-${key(all[selected])}`);
    } else {
      box.removeAttribute('aria-activedescendant');
    }
    if (all.length && last >= all.length - 20) {
      nearEnd();
    }
  }

  scope.on(box, 'scroll', plan, { passive: true });
  const observer = new ResizeObserver(plan);
  observer.observe(box);
  scope.end(() => observer.disconnect());

  return {
    element: box,
    atTop: () => box.scrollTop < 4,
    /** Takes a new list; `added` rows above what is read do not move it. */
    show(list, added = 0) {
      const stay = selected >= 0 ? key(all[selected] ?? {}) : null;
      all = list;
      if (stay) {
        selected = all.findIndex((row) => key(row) === stay);
      }
      if (added && box.scrollTop >= 4) {
        inner.style.height = `${all.length * height()}px`;
        box.scrollTop += added * height();
      }
      if (drawn.size) {
        plan();
      } else {
        // There is nothing yet to be seen: no frame is waited for.
        paint();
      }
    },
    repaint: plan,
    top() {
      box.scrollTop = 0;
      plan();
    },
    move(step) {
      if (!all.length) {
        return;
      }
      selected = Math.min(all.length - 1, Math.max(0, selected + step));
      const top = selected * height();
      if (top < box.scrollTop) {
        box.scrollTop = top;
      } else if (top + height() > box.scrollTop + box.clientHeight) {
        box.scrollTop = top + height() - box.clientHeight;
      }
      paint();
      if (document.activeElement !== box) {
        box.focus({ preventScroll: true });
      }
    },
    openSelected() {
      if (all[selected]) {
        open(all[selected]);
      }
    },
    mark(id) {
      opened = id;
      if (id) {
        const index = all.findIndex((row) => key(row) === id);
        selected = index >= 0 ? index : selected;
      }
      plan();
    },
  };
}
