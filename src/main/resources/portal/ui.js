// The parts that views are made of.

import { Problem, asCurl } from './api.js';
import { add, h, icon, put } from './dom.js';
import { may } from './session.js';
import { words } from './words.js';

/** A status as a dot and a word: never by colour alone. */
export function badge(kind, text = words.status[kind] ?? kind) {
  return h(`span.badge.is-${kind}`, {}, text);
}

export function button(text, onclick, { kind = '', icon: name = '', ...props } = /** @type {any} */ ({})) {
  return h(`button.button${kind ? `.${kind}` : ''}`, { type: 'button', onclick, ...props }, name ? icon(name) : null, h('span', {}, text));
}

export function iconButton(name, label, onclick, props = {}) {
  return h('button.icon-button', { type: 'button', 'aria-label': label, title: label, onclick, ...props }, icon(name));
}

/** Shows what is invisible or turns text around, so that it cannot deceive. */
export function visible(text) {
  return String(text).replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Works in pages without a secure context too. */
export async function copy(text, said = words.act.copied) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = h('textarea.off-screen', { 'aria-hidden': 'true' });
    area.value = text;
    const host = document.querySelector('dialog[open]') ?? document.body;
    const before = document.activeElement;
    host.append(area);
    area.select();
    document.execCommand('copy');
    area.remove();
    /** @type {HTMLElement | null} */ (before)?.focus?.();
  }
  toast(said);
}

export function copyButton(text, label = words.act.copy) {
  return iconButton('copy', label, () => copy(typeof text === 'function' ? text() : text));
}

export function curlButton(method, path, options) {
  return button(words.act.curl, () => copy(asCurl(method, path, options), words.act.curlCopied), { kind: 'plain', icon: 'copy' });
}

let live = null;
let toasts = null;

export function announcer() {
  live = h('div.off-screen', { role: 'status', 'aria-live': 'polite' });
  toasts = h('div.toasts', { role: 'region', 'aria-label': words.shell.messages });
  return [live, toasts];
}

/** To screen readers, when they have nothing else to say. */
export function announce(text) {
  if (live) {
    live.textContent = text;
  }
}

export function toast(text, kind = '') {
  announce(text);
  const element = h(`p.toast${kind ? `.${kind}` : ''}`, {}, icon(kind === 'bad' ? 'alert' : 'check'), h('span', {}, visible(text)));
  // Above an open dialog too.
  (document.querySelector('dialog[open]') ?? document.body).append(toasts);
  toasts.append(element);
  setTimeout(() => {
    element.remove();
    document.body.append(toasts);
  }, kind === 'bad' ? 8000 : 5000);
}

/** What went wrong, and what to do next. */
export function trouble(problem, again) {
  if (problem?.name === 'AbortError') {
    return h('span', {});
  }
  if (!(problem instanceof Problem)) {
    console.error(problem);
  }
  if (problem.status === 403) {
    return state('keys', words.problem.notAllowed, problem.missing?.length ? words.problem.missing(problem.missing) : problem.message);
  }
  if (problem.status === 404) {
    return state('search', words.problem.notFound, words.problem.notFoundHelp);
  }
  if (problem.elsewhere) {
    return state('alert', words.problem.elsewhere(problem.body.cell), words.problem.elsewhereHelp,
      h('a.button.primary', { href: `${problem.elsewhere}/`, rel: 'noreferrer' }, words.problem.goThere));
  }
  return state('alert', words.problem.title, problem.message, again ? button(words.act.retry, again) : null);
}

/** Where something is not offered: which scope it would need. Nothing where the key has it. */
export function needs(scope, what) {
  return may(scope) ? null : h('span.needs', {}, icon('keys'), h('span', {}, words.problem.needs(what, scope)));
}

export function state(name, title, text, ...acts) {
  return h('div.state', {}, icon(name), h('p.state-title', {}, title), text ? h('p', {}, text) : null, h('div.row', {}, acts));
}

export function loading() {
  return h('div.loading', { role: 'status' }, h('span.off-screen', {}, words.loading), h('i'), h('i'), h('i'));
}

const FOCUSABLE = 'a[href], button, input, select, textarea, summary, [tabindex]';
const nameOf = (element) => `${element.tagName} ${element.getAttribute('aria-label') ?? element.textContent}`;

/** Draws anew without losing the focus: what is named alike gets it, else what is in the same place. */
export function redraw(host, ...content) {
  const active = document.activeElement;
  const inside = active !== host && host.contains(active);
  const index = inside ? [...host.querySelectorAll(FOCUSABLE)].indexOf(active) : -1;
  put(host, ...content);
  if (inside && !active.isConnected) {
    const all = /** @type {HTMLElement[]} */ ([...host.querySelectorAll(FOCUSABLE)]);
    const name = nameOf(active);
    (all.find((element) => nameOf(element) === name) ?? all[Math.min(index, all.length - 1)])?.focus({ preventScroll: true });
  }
}

/** Loads into an element and shows what came of it; a scope that ended shows nothing. */
export async function load(scope, host, work, show) {
  if (!host.childElementCount) {
    put(host, loading());
  }
  try {
    const found = await work(scope.signal);
    if (!scope.closed) {
      redraw(host, show(found));
    }
  } catch (problem) {
    if (!scope.closed) {
      put(host, trouble(problem, () => {
        put(host);
        load(scope, host, work, show);
      }));
      head(host);
    }
  }
}

/** A page that has nothing else to say is headed by what went wrong. */
function head(host) {
  const title = host.querySelector('.state-title');
  if (title && !document.querySelector('main h1')) {
    title.replaceWith(h('h1.state-title', {}, title.textContent));
  }
}

/** Does something that a person asked for; its failure is a message. */
export async function act(trigger, work) {
  const element = trigger instanceof Event ? trigger.currentTarget : trigger;
  // Not disabled, which would take the focus away: only what is under way is not begun again.
  if (element?.getAttribute?.('aria-busy')) {
    return undefined;
  }
  element?.setAttribute?.('aria-busy', 'true');
  try {
    return await work();
  } catch (problem) {
    if (problem?.name !== 'AbortError') {
      if (!(problem instanceof Problem)) {
        console.error(problem);
      }
      const fields = problem.fields?.map(({ field, message }) => `${field}: ${message}`) ?? [];
      const lacks = problem.missing?.length ? ` ${words.problem.missing(problem.missing)}` : '';
      toast([problem.message, ...fields].join(' ') + lacks, 'bad');
    }
    return undefined;
  } finally {
    element?.removeAttribute?.('aria-busy');
  }
}

let ids = 0;

export function field(label, input, help) {
  const id = `f${++ids}`;
  input.id = id;
  if (help) {
    input.setAttribute('aria-describedby', `${id}h`);
  }
  return h('div.field', {}, h('label', { for: id }, label), input, help ? h('p.help', { id: `${id}h` }, help) : null);
}

export function choice(options, value, onchange, props = {}) {
  const select = h('select', { ...props, onchange: (event) => onchange?.(event.target.value) },
    Object.entries(options).map(([name, text]) => h('option', { value: name }, text)));
  select.value = value;
  return select;
}

export function checkbox(label, checked = false) {
  const input = h('input', { type: 'checkbox', checked });
  return { input, element: h('label.check', {}, input, h('span', {}, label)) };
}

/** A dialog that gives the focus back. `build(dialog)` returns its content; `close` ends it. */
export function dialog(title, build, { wide = false } = {}) {
  const before = /** @type {HTMLElement | null} */ (document.activeElement);
  const heading = `d${++ids}`;
  const element = h(`dialog.dialog${wide ? '.wide' : ''}`, { 'aria-labelledby': heading });
  const close = () => element.close();
  element.addEventListener('close', () => {
    // What was said in it outlives it.
    if (element.contains(toasts)) {
      document.body.append(toasts);
    }
    element.remove();
    before?.isConnected && before.focus();
  });
  element.addEventListener('click', (event) => event.target === element && close());
  add(element, [h('div.dialog-inner', {},
    h('header', {}, h('h2', { id: heading }, title), iconButton('close', words.act.close, close)), build({ close, element }))]);
  document.body.append(element);
  element.showModal();
  element.querySelector('[autofocus], input, textarea, select, .dialog-inner > :not(header) button')?.focus();
  return close;
}

export function confirm(title, text, yes, work) {
  dialog(title, ({ close }) => h('div.stack', {}, h('p', {}, text), h('div.row.end', {},
    button(words.act.cancel, close),
    button(yes, async (event) => {
      if (await act(event, async () => {
        await work();
        return true;
      })) {
        close();
      }
    }, { kind: 'danger' }))));
}

/** A secret, to be seen and copied. */
export function secretBox(label, value) {
  return h('div.secret', {}, h('span.label', {}, label), h('code', {}, value), copyButton(value));
}

export function facts(pairs) {
  return h('dl.facts', {}, pairs.filter(Boolean).map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value))));
}

export function code(text, label) {
  return h('pre.code', { tabindex: '0', role: 'region', 'aria-label': label }, text);
}

/** The most recent call alone counts, at most one each `ms`. */
export function throttle(scope, ms, work) {
  let timer = 0;
  let again = false;
  return function run() {
    if (timer) {
      again = true;
      return;
    }
    work();
    timer = scope.after(ms, () => {
      timer = 0;
      if (again) {
        again = false;
        run();
      }
    });
  };
}
