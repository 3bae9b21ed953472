// Signatures of Standard Webhooks, computed here: the secret that is looked at goes nowhere.

import { h, icon } from '../dom.js';
import { code, visible } from '../ui.js';
import { words } from '../words.js';

const t = words.attempt;
const bytesOf = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));

/** `v1,…` of what is signed, by a secret `whsec_…`. */
export async function hmac(secret, signed) {
  const key = await crypto.subtle.importKey('raw', bytesOf(secret.replace(/^whsec_/, '')), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  const mac = new Uint8Array(await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(signed)));
  return `v1,${btoa(String.fromCharCode(...mac))}`;
}

/** Whether a `v1a,…` of the header is a signature by the holder of `whpk_…`; null where the browser cannot tell. */
export async function verified(publicKey, header, signed) {
  let key;
  try {
    key = await crypto.subtle.importKey('raw', bytesOf(publicKey.replace(/^whpk_/, '')), { name: 'Ed25519' }, false, ['verify']);
  } catch {
    return null;
  }
  const content = new TextEncoder().encode(signed);
  for (const part of header.split(' ').filter((text) => text.startsWith('v1a,'))) {
    if (await crypto.subtle.verify('Ed25519', key, bytesOf(part.slice(4)), content)) {
      return true;
    }
  }
  return false;
}

/** Step by step, as a receiver does it. */
export async function signatureSteps({ secret, public_key: publicKey, signature: kind }, header, signed) {
  if (!crypto.subtle) {
    return h('p.help', {}, t.steps.insecure);
  }
  const content = h('li', {}, t.steps.content, code(visible(signed.length > 600 ? `${signed.slice(0, 600)}…` : signed), t.steps.content));
  const verdict = (good, text) => h(`li.${good ? 'is-good' : 'is-bad'}`, {}, icon(good ? 'check' : 'alert'), text);
  if (kind === 'ed25519') {
    const good = await verified(publicKey, header, signed);
    return good === null ? h('p.help', {}, t.steps.noEd25519)
      : h('ol.signature', {}, content, h('li', {}, t.steps.publicKey, code(publicKey, t.steps.publicKey)), h('li', {}, t.steps.verify, code(visible(header), t.steps.verify)), verdict(good, good ? t.steps.verified : t.steps.unverified));
  }
  const text = await hmac(secret, signed);
  const equal = header.split(' ').includes(text);
  return h('ol.signature', {}, content, h('li', {}, t.steps.key), h('li', {}, t.steps.mac, code(text, t.steps.mac)), verdict(equal, equal ? t.steps.equal : t.steps.different));
}
