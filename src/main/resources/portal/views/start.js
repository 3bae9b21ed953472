// The start: a key, then a first event, seen as it arrives.

import { api, asCurl } from '../api.js';
import { h, icon, put } from '../dom.js';
import { enter } from '../main.js';
import { address, go } from '../router.js';
import { currentKey, embedding, ended, may, me, restricted, service, useKey } from '../session.js';
import { listen } from '../stream.js';
import { duration } from '../time.js';
import { act, announce, button, code, copyButton, field, secretBox, visible } from '../ui.js';
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
  const around = embedding.get();
  if (around?.ask) {
    // The page around this one gives links: a key has no place here.
    const text = h('p', {});
    ended.watch(scope, (reason) => {
      text.textContent = reason || t.asking;
    });
    put(host, h('div.state', {}, icon('keys'), h('h1.state-title', {}, t.sessionOver), text, button(t.askAgain, around.ask)));
    around.ask();
    scope.every(15000, around.ask);
    return;
  }
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
  put(host, h('div.hero', {}, h('div.mark', {}, icon('bolt')), h('h1', {}, t.title), h('p', {}, t.lead)), h('div.doors', {}, openForm, createHost), h('p.quiet.center-text', {}, h('a', { href: address('operator') }, t.operator)));
  key.focus({ preventScroll: true });
  service.watch(scope, (known) => known && put(createHost, known.registration === 'closed'
    ? h('div.card.quiet-card', {}, h('h2', {}, t.create), h('p', {}, t.closed)) : creation()));
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

/** A receiver that an endpoint leads to: where there is none yet, both are made. */
async function receiver() {
  const { endpointOf } = await import('./playground.js');
  const { playgrounds } = await api.get('/api/playground');
  for (const one of playgrounds) {
    const found = await endpointOf(one.url);
    if (found?.enabled) {
      return one;
    }
  }
  const made = await api.post('/api/playground');
  await api.post('/api/webhooks', { url: made.url, description: words.playground.title });
  return made;
}

/** Key, event, arrival: what is done is ticked, what comes next is open. */
function guide(host, scope, fresh) {
  let sentAt = 0;
  let place = /** @type {Promise<any> | null} */ (null);
  const playable = () => service.get()?.playground && may('webhooks:read', 'webhooks:write', 'events:read') && !restricted();
  const ready = async () => {
    if (playable()) {
      place ??= receiver().catch((problem) => {
        place = null;
        throw problem;
      });
      await place;
    }
  };
  const watch = h('div', { 'aria-live': 'polite' }, h('p.quiet', {}, t.waiting));
  const step = (number, title, ...content) => h('li.step', { 'data-step': number }, h('div.step-number', {}, number), h('div.step-body', {}, h('h2', {}, title), content));
  const curl = asCurl('POST', '/api/events', { body: SAMPLE });
  const sendButton = button(t.send, (event) => act(event, async () => {
    await ready();
    sentAt = performance.now();
    await api.post('/api/events', SAMPLE);
  }), { kind: 'primary' });
  const help = h('p.help', {}, t.stepSendHelp);
  service.watch(scope, () => {
    if (playable()) {
      help.textContent = t.stepSendPlay;
      if (fresh) {
        // What is sent from a shell has somewhere to go too.
        ready().catch(() => {});
      }
    }
  });
  const steps = [
    step('1', t.stepKey, fresh ? [secretBox(t.newKey, fresh), h('p.help', {}, t.newKeyHelp)] : null),
    step('2', t.stepSend, h('div.row', {}, sendButton), help,
      h('div.with-copy', {}, code(curl, t.stepSend), copyButton(() => (currentKey() ? curl.replace('$KEY', currentKey()) : curl)))),
    step('3', t.stepWatch, watch),
  ];
  steps[0].classList.add('is-done');
  steps[1].classList.add('is-open');
  put(host, h('div.hero.small', {}, h('h1', {}, t.guide)), h('ol.steps', {}, steps),
    h('div.row.wrap', {}, h('a.button', { href: address('overview') }, t.toOverview), h('a.button', { href: address('endpoints', ['new']) }, t.addEndpoint)));
  host.querySelector('h1').setAttribute('tabindex', '-1');
  sendButton.focus();

  const since = (data) => duration(sentAt ? performance.now() - sentAt : Math.max(0, Date.now() - Date.parse(data.created_at)));
  const arrived = (data, said, ...links) => {
    steps[2].classList.add('is-done');
    put(watch, h('p.arrival', {}, icon('check'), h('strong', {}, visible(data.type)), ' ', said), h('div.row.wrap', {}, links, h('a.button', { href: address('events', [data.id]) }, t.openEvent)));
    announce(said);
    sentAt = 0;
  };

  listen(scope, async ({ kind, data }) => {
    if (kind !== 'event.accepted') {
      return;
    }
    steps[1].classList.replace('is-open', 'is-done');
    const found = place && await place.catch(() => null);
    if (!found) {
      arrived(data, t.arrived(since(data)));
      return;
    }
    put(watch, h('p.quiet', {}, t.onItsWay));
    for (let tries = 0; tries < 60 && !scope.closed; tries++) {
      const page = await api.get(`/api/playground/${found.token}/requests`, { limit: 20 }, { signal: scope.signal }).catch(() => ({ requests: [] }));
      if (page.requests.some(({ headers }) => headers.some(({ name, value }) => name.toLowerCase() === 'webhook-id' && value === data.id))) {
        arrived(data, t.received(since(data)), h('a.button.primary', { href: address('playground', [found.token]) }, t.openPlayground));
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  });
}
