// A payload: a tree whose branches are drawn when they are opened, and its text as posted.

import { h, put } from '../dom.js';
import { parseTree, pretty } from '../json.js';
import { button, copyButton, visible } from '../ui.js';
import { words } from '../words.js';

const t = words.event;
const SHOWN = 100;
const LONG = 400;

/** How deep a tree is open at first, so that what is large stays quick. */
const OPEN_NODES = 60;

function long(text, limit = LONG) {
  const span = h('span', {});
  if (text.length <= limit) {
    span.textContent = visible(text);
    return span;
  }
  return put(span, visible(text.slice(0, limit)), '… ', button(t.showAll, () => {
    span.textContent = visible(text);
  }, { kind: 'plain.tiny' }));
}

function leaf(node) {
  return h(`span.j-${node.kind}`, {}, long(node.text));
}

function branch(node, name, budget, comma) {
  const label = name === null ? null : [h('span.j-name', {}, visible(typeof name === 'string' ? JSON.stringify(name) : String(name))), ': '];
  if (node.kind !== 'object' && node.kind !== 'array') {
    return h('div.j-line', {}, label, leaf(node), comma);
  }
  const [open, close] = node.kind === 'object' ? '{}' : '[]';
  if (!node.items.length) {
    return h('div.j-line', {}, label, open + close, comma);
  }
  const size = node.kind === 'object' ? t.members(node.items.length) : t.items(node.items.length);
  const inner = h('div.j-inner', {});
  let from = 0;
  const more = () => {
    inner.querySelector(':scope > .j-more')?.remove();
    const until = Math.min(node.items.length, from + SHOWN);
    for (; from < until; from++) {
      inner.append(branch(node.items[from].node, node.kind === 'object' ? node.items[from].name : from, budget, null));
    }
    if (from < node.items.length) {
      inner.append(h('div.j-more', {}, button(t.more(node.items.length - from), more, { kind: 'plain.tiny' })));
    }
  };
  const details = h('details.j-branch', { ontoggle: () => {
    if (details.open && !from) {
      more();
    }
  } }, h('summary', {}, label, h('span.j-punctuation', {}, open), h('span.j-size', {}, ` ${size} `), h('span.j-punctuation.j-close', {}, close)), inner, h('div.j-punctuation.j-end', {}, close));
  details.more = more;
  budget.left -= node.items.length;
  if (budget.left > 0 || budget.first) {
    budget.first = false;
    details.open = true;
    more();
  }
  return details;
}

/** @param {string} text the payload as it was posted */
export function jsonView(text) {
  const host = h('div.json', {});
  let tree = null;
  try {
    tree = parseTree(text);
  } catch {
    tree = null;
  }
  const modes = h('div.segments', { role: 'group', 'aria-label': t.payload });
  const body = h('div.json-body', { tabindex: '0', role: 'region', 'aria-label': t.payload });
  const size = h('span.quiet', {}, t.bytes(new TextEncoder().encode(text).length));
  const show = (mode) => {
    modes.querySelectorAll('button').forEach((element) => element.setAttribute('aria-pressed', String(element.dataset.mode === mode)));
    put(body, mode === 'tree' && tree ? branch(tree, null, { left: OPEN_NODES, first: true }, null) : h('pre', {}, long(text, 20000)));
  };
  put(modes, ['tree', 'raw'].map((mode) => h('button', { type: 'button', 'data-mode': mode, onclick: () => show(mode) }, t[mode])));
  put(host, h('div.row.between', {}, modes, h('div.row', {}, size, copyButton(text))), tree ? null : h('p.help', {}, t.noPayload), body);
  show('tree');
  return host;
}

/** Text for editing: laid out, unless that would be a lot. */
export function editable(text) {
  try {
    return text.length < 65536 ? pretty(parseTree(text)) : text;
  } catch {
    return text;
  }
}
