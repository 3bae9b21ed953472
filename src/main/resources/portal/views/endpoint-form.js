// Making and changing an endpoint, with which recent events it would take.

import { api } from '../api.js';
import { h, put } from '../dom.js';
import { may } from '../session.js';
import { Scope } from '../store.js';
import { when } from '../time.js';
import { act, button, checkbox, choice, dialog, field, secretBox, toast, visible } from '../ui.js';
import { words } from '../words.js';

const t = words.endpoints;
const f = t.form;

const split = (text) => text.split(/[\s,]+/).filter(Boolean);

function headersOf(text) {
  const headers = {};
  for (const line of text.split('\n').filter((entry) => entry.trim())) {
    const colon = line.indexOf(':');
    headers[line.slice(0, colon < 0 ? line.length : colon).trim()] = colon < 0 ? '' : line.slice(colon + 1).trim();
  }
  return headers;
}

/** @param {any} endpoint the one to change; null makes one */
export function endpointForm(endpoint, done) {
  const scope = new Scope();
  const url = h('input', { type: 'url', required: true, maxlength: '2048', placeholder: 'https://example.com/hook', value: endpoint?.url ?? '' });
  const description = h('input', { maxlength: '255', value: endpoint?.description ?? '' });
  const types = h('textarea', { rows: '2', spellcheck: 'false', placeholder: 'user.*', oninput: previewSoon });
  types.value = (endpoint?.event_types ?? []).join('\n');
  const headers = h('textarea.code-input', { rows: '2', spellcheck: 'false', placeholder: 'Authorization: Bearer …' });
  const rate = h('input', { type: 'number', min: '1', max: '100000', value: endpoint?.rate_limit_per_second ?? '' });
  const retry = h('input', { value: endpoint?.retry_schedule?.join(', ') ?? '', placeholder: '5s, 5m, 30m, 2h' });
  const signature = choice({ 'hmac-sha256': 'HMAC-SHA-256', ed25519: 'Ed25519' }, endpoint?.signature ?? 'hmac-sha256');
  const ordered = checkbox(f.ordered, endpoint?.ordered);
  const keep = checkbox(f.keep);
  const preview = h('div', { 'aria-live': 'polite' });
  const error = h('p.error', { role: 'alert' });
  let timer = 0;

  function previewSoon() {
    clearTimeout(timer);
    timer = setTimeout(showPreview, 300);
  }

  async function showPreview() {
    if (!may('events:read')) {
      return;
    }
    try {
      const page = await api.post('/api/filters/try', { event_types: split(types.value), limit: 5 }, { signal: scope.signal });
      put(preview, h('p.label', {}, t.preview), page.events.length ? [h('ul.list', {}, page.events.map((event) => h('li', {}, h('span.grow.cut', {}, visible(event.type)), h('span.quiet', {}, when(event.created_at))))), h('p.help', {}, t.previewCount(page.count, page.has_more))] : h('p.help', {}, t.previewNone));
    } catch (problem) {
      if (problem.status) {
        put(preview, h('p.error', {}, problem.fields.map(({ message }) => message).join(' ') || problem.message));
      }
    }
  }

  async function save(event, close) {
    error.textContent = '';
    const body = {
      url: url.value.trim(), description: description.value.trim() || null, event_types: split(types.value), ordered: ordered.input.checked,
      rate_limit_per_second: rate.value ? Number(rate.value) : null, retry_schedule: split(retry.value).length ? split(retry.value).map((wait) => (/^[\d.]+$/.test(wait) ? Number(wait) : wait)) : null,
    };
    if (headers.value.trim() || !endpoint) {
      body.headers = headersOf(headers.value);
    }
    // Who names the signature is shown the secret again
    if (signature.value !== endpoint?.signature) {
      body.signature = signature.value;
    }
    if (keep.input.checked) {
      body.keep_credentials = true;
    }
    const saved = await act(event.submitter, () => (endpoint ? api.patch(`/api/webhooks/${endpoint.id}`, body) : api.post('/api/webhooks', body)));
    if (!saved) {
      return;
    }
    close();
    toast(endpoint ? t.saved : t.made);
    done(saved);
    if (saved.secret) {
      dialog(t.newSecret, (shown) => h('div.stack', {}, h('p.quiet', {}, t.newSecretHelp), secretBox(t.secret, saved.secret), saved.public_key ? secretBox(t.publicKey, saved.public_key) : null, h('div.row.end', {}, button(words.act.close, shown.close, { kind: 'primary' }))));
    }
  }

  dialog(endpoint ? f.edit : f.new, ({ close, element }) => {
    element.addEventListener('close', () => scope.close());
    return h('form.stack', { onsubmit: (event) => {
      event.preventDefault();
      save(event, close);
    } },
    field(f.url, url, f.urlHelp), field(f.types, types, f.typesHelp), preview, field(f.description, description),
    h('div.fields', {}, field(f.rate, rate), field(f.signature, signature), field(f.retry, retry, f.retryHelp)), ordered.element,
    field(f.headers, headers, f.headersHelp), endpoint && may('secrets:read') ? keep.element : null, error,
    h('div.row.end', {}, button(words.act.cancel, close), h('button.button.primary', { type: 'submit' }, words.act.save)));
  }, { wide: true });
  showPreview();
}
