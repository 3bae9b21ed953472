// Signatures of Standard Webhooks, computed here: the secret that is looked at goes nowhere.

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
