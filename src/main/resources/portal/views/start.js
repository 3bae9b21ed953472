// The start: a key, then a first event, seen as it arrives.

import { api, asCurl } from '../api.js';
import { h, icon, put } from '../dom.js';
import { enter } from '../main.js';
import { address, go } from '../router.js';
import { currentKey, ended, me, useKey } from '../session.js';
import { listen } from '../stream.js';
import { duration } from '../time.js';
import { act, announce, button, code, copyButton, field, secretBox } from '../ui.js';
import { words } from '../words.js';

const t = words.start;
const SAMPLE = { type: 'user.created', payload: { id: 1, name: 'Ada Lovelace', plan: { name: 'business', seats: 3 } } };

export function open({ main, scope, at }) {
  const host = h('div.start', {});
  put(main, host);
  if (at.parts[0] !== 'guide') {
    door(host, scope);
    return;
  }
  let shown = false;
  me.watch(scope, (holder) => {
    if (holder && !shown) {
      shown = true;
      guide(host, scope, madeHere);
      madeHere = null;
    }
  });
}

/** The key that was just made, to be shown once. */
let madeHere = null;

function door(host, scope) {
  const key = h('input', { type: 'password', autocomplete: 'off', spellcheck: 'false', required: true, placeholder: 'zap_live_…', 'aria-label': t.key });
  const said = h('p.error', { role: 'alert' });
  ended.watch(scope, (text) => {
    said.textContent = text;
  });
  const openForm = h('form.card', { onsubmit: async (event) => {
    event.preventDefault();
    said.textContent = '';
    useKey(key.value.trim());
    await act(event.submitter, enter);
    if (!me.get()) {
      said.textContent = t.badKey;
      key.focus();
    }
  } }, h('h2', {}, t.paste), field(t.key, key, t.keyHelp), said, h('button.button.primary', { type: 'submit' }, t.open));
  const createHost = h('div', {});
  put(host, h('div.hero', {}, h('div.mark', {}, icon('bolt')), h('h1', {}, t.title), h('p', {}, t.lead)), h('div.doors', {}, openForm, createHost));
  key.focus({ preventScroll: true });
  api.get('/api/service', {}, { signal: scope.signal }).then(({ registration }) => put(createHost, registration === 'closed'
    ? h('div.card.quiet-card', {}, h('h2', {}, t.create), h('p', {}, t.closed)) : creation())).catch(() => {});
}

function creation() {
  const name = h('input', { required: true, maxlength: '255', autocomplete: 'organization' });
  return h('form.card', { onsubmit: (event) => {
    event.preventDefault();
    act(event.submitter, async () => {
      const made = await api.post('/api/keys/generate', { organization_name: name.value.trim() });
      useKey(made.api_key);
      madeHere = made.api_key;
      go('start', ['guide'], {}, { replace: true });
      await enter();
    });
  } }, h('h2', {}, t.create), field(t.organization, name), h('button.button', { type: 'submit' }, t.createAction));
}

/** Key, event, arrival: what is done is ticked, what comes next is open. */
function guide(host, scope, fresh) {
  let sentAt = 0;
  const watch = h('div', { 'aria-live': 'polite' }, h('p.quiet', {}, t.waiting));
  const step = (number, title, ...content) => h('li.step', { 'data-step': number }, h('div.step-number', {}, number), h('div.step-body', {}, h('h2', {}, title), content));
  const curl = asCurl('POST', '/api/events', { body: SAMPLE });
  const sendButton = button(t.send, (event) => act(event, async () => {
    sentAt = performance.now();
    await api.post('/api/events', SAMPLE);
  }), { kind: 'primary' });
  const steps = [
    step('1', t.stepKey, fresh ? [secretBox(t.newKey, fresh), h('p.help', {}, t.newKeyHelp)] : null),
    step('2', t.stepSend, h('div.row', {}, sendButton), h('p.help', {}, t.stepSendHelp),
      h('div.with-copy', {}, code(curl, t.stepSend), copyButton(() => (currentKey() ? curl.replace('$KEY', currentKey()) : curl)))),
    step('3', t.stepWatch, watch),
  ];
  steps[0].classList.add('is-done');
  steps[1].classList.add('is-open');
  put(host, h('div.hero.small', {}, h('h1', {}, t.guide)), h('ol.steps', {}, steps),
    h('div.row', {}, h('a.button', { href: address('overview') }, t.toOverview), h('a.button', { href: address('endpoints', ['new']) }, t.addEndpoint)));
  host.querySelector('h1').setAttribute('tabindex', '-1');
  sendButton.focus();
  listen(scope, ({ kind, data }) => {
    if (kind !== 'event.accepted') {
      return;
    }
    steps[1].classList.replace('is-open', 'is-done');
    steps[2].classList.add('is-done');
    const said = sentAt ? t.arrived(duration(performance.now() - sentAt)) : t.arrived(duration(Math.max(0, Date.now() - Date.parse(data.created_at))));
    sentAt = 0;
    put(watch, h('p.arrival', {}, icon('check'), h('strong', {}, data.type), ' ', said), h('a.button', { href: address('events', [data.id]) }, t.openEvent));
    announce(said);
  });
}
