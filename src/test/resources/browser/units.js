// What the portal's modules compute, tried where they run. `base` is where they are; the names of what is wrong come back.
async (base) => {
  const json = await import(`${base}/json.js`);
  const time = await import(`${base}/time.js`);
  const query = await import(`${base}/views/query.js`);
  const signature = await import(`${base}/views/signature.js`);
  const ui = await import(`${base}/ui.js`);
  const { jsonView, editable } = await import(`${base}/views/json-view.js`);
  const { Scope, signal } = await import(`${base}/store.js`);
  const { address } = await import(`${base}/router.js`);
  const { asCurl } = await import(`${base}/api.js`);

  const wrong = [];
  let checks = 0;
  const is = (name, actual, expected) => {
    checks++;
    const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)];
    if (a !== b) {
      wrong.push(`${name}: ${a} instead of ${b}`);
    }
  };
  const fails = (name, work) => {
    let failed = false;
    try {
      work();
    } catch {
      failed = true;
    }
    is(name, failed, true);
  };

  // Search: terms
  const texts = (text) => query.terms(text).map((term) => text.slice(term.start, term.end));
  is('terms', texts(' type:a  payload.b:"c d" -status:failed '), ['type:a', 'payload.b:"c d"', '-status:failed']);
  is('terms: quote within', texts('payload.a:"x \\" y" z'), ['payload.a:"x \\" y"', 'z']);
  is('terms: open quote', texts('a "b c'), ['a', '"b c']);
  is('terms: none', query.terms('  '), []);
  is('term: added', query.withTerm('type:a', 'status:', 'failed'), 'type:a status:failed');
  is('term: replaced', query.withTerm('status:failed type:a', 'status:', 'pending'), 'type:a status:pending');
  is('term: taken away', query.withTerm('status:failed type:a', 'status:', ''), 'type:a');
  is('term: value', query.termValue('type:a since:2h', 'since:'), '2h');
  is('term: no value', query.termValue('type:a', 'since:'), '');
  is('types: exactly', ['a', 'ab'].map(query.typeFilter('type:a')), [true, false]);
  is('types: beginning so', ['a.b', 'a', 'ab.c'].map(query.typeFilter('type:a.*')), [true, false, false]);
  is('types: every one', ['a.b', 'a.c'].map(query.typeFilter('type:a.* type:a.b')), [true, false]);
  is('types: all without a term', query.typeFilter('')('x'), true);
  is('types: not with other terms', [query.typeFilter('type:a status:failed'), query.typeFilter('type:"a b"'), query.typeFilter('-type:a')], [null, null, null]);

  // Search: completion
  const known = { types: ['order.placed', 'with space'], endpoints: [{ id: 'e1', url: 'https://shop.example' }], paths: new Set(['payload.order.id']) };
  const offered = (text, caret = text.length) => query.complete(text, caret, known).list.map(({ insert }) => insert);
  is('completion: name', offered('sta'), ['status:']);
  is('completion: name, negated', offered('-sta'), ['-status:']);
  is('completion: value', offered('status:del'), ['status:delivered']);
  is('completion: known type', offered('type:ord'), ['type:order.placed']);
  is('completion: quoted', offered('type:wi'), ['type:"with space"']);
  is('completion: endpoint by its URL', offered('endpoint:shop'), ['endpoint:e1']);
  is('completion: path', offered('payload.or'), ['payload.order.id:']);
  is('completion: at the caret', offered('sta type:x', 3), ['status:']);
  is('completion: nothing new', offered('status:failed'), []);

  // Times
  is('duration', [null, 0, 999.4, 999.6, 1500, 9949, 9950, 59_499, 59_500, 60_000, 61_400, 3_599_400, 3_599_500, 3_600_000, 5_400_000, 172_800_000].map(time.duration),
    ['–', '0 ms', '999 ms', '1.0 s', '1.5 s', '9.9 s', '10 s', '59 s', '1 min', '1 min', '1 min 1 s', '59 min 59 s', '1 h', '1 h', '1 h 30 min', '2 d']);
  const now = Date.parse('2026-01-02T12:00:00Z');
  is('relative', ['2026-01-02T11:59:59.000Z', '2026-01-02T11:59:20Z', '2026-01-02T12:00:42Z', '2026-01-02T10:01:00Z', '2026-01-05T12:00:00Z'].map((at) => time.relative(at, now)),
    ['now', '40 s ago', 'in 42 s', '1 h ago', 'in 3 d']);
  const before = time.zone.get();
  time.setZone('utc');
  is('exact', time.exact('2026-03-29T01:30:00.007Z'), '29 Mar 2026, 01:30:00.007 UTC');
  is('clock', [time.clock('2026-03-29T00:00:09Z'), time.shortClock('2026-03-29T23:59:00Z'), time.day('2026-03-29T00:00:00Z')], ['00:00:09', '23:59', '29 Mar']);
  time.setZone(before);

  // JSON: numbers and spellings stay
  const exact = '{"big":12345678901234567890123,"small":1.000e-7,"zero":-0,"text":"\\u00e9\\n","a":1,"a":2}';
  is('tree: as written', json.parseTree(exact).items.map(({ name, node }) => [name, node.text]),
    [['big', '12345678901234567890123'], ['small', '1.000e-7'], ['zero', '-0'], ['text', '"\\u00e9\\n"'], ['a', '1'], ['a', '2']]);
  is('pretty', json.pretty(json.parseTree('{"a":[1,{"b":[]}],"c":{}}')), '{\n  "a": [\n    1,\n    {\n      "b": []\n    }\n  ],\n  "c": {}\n}');
  is('pretty and back', json.pretty(json.parseTree(json.pretty(json.parseTree(exact)))), json.pretty(json.parseTree(exact)));
  is('answer: payload stays text', json.parseAnswer('{"id":"1","payload": {"n":1e400} ,"n":[1.5,true,null]}'), { id: '1', payload: '{"n":1e400}', n: [1.5, true, null] });
  is('answer: brackets in strings', json.parseAnswer('{"payload":["}]\\"",{"x":"{"}],"b":1}'), { payload: '["}]\\"",{"x":"{"}]', b: 1 });
  is('paths', json.paths('{"a":{"b":1},"l":[{"c":2},{"c":3}],"odd name":1}'), ['payload.a.b', 'payload.l[].c']);
  for (const text of ['', '{', '[1,]', '{"a"}', '01', '1 2', 'nul', '"open', '{"a":1,}']) {
    fails(`not JSON: ${text}`, () => json.parseTree(text));
  }
  const deep = '['.repeat(500) + ']'.repeat(500);
  is('tree: 500 levels', json.parseTree(deep).kind, 'array');

  // JSON: what is seen of it
  const view = jsonView('{"list":[1,2],"empty":{},"evil":"<b>\\u202e</b>","text":"a\u202eb"}');
  is('view: markup is text', view.querySelector('b'), null);
  is('view: shows what turns text around', view.textContent.includes('a\\u202eb'), true);
  is('view: empty object', view.textContent.includes('"empty": {}'), true);
  const many = jsonView(JSON.stringify(Array.from({ length: 250 }, (_, n) => n)));
  is('view: a hundred at once', many.querySelectorAll('.j-line').length, 100);
  many.querySelector('.j-more button').click();
  is('view: a hundred more', many.querySelectorAll('.j-line').length, 200);
  const folded = jsonView(JSON.stringify(Object.fromEntries(Array.from({ length: 99 }, (_, n) => [n, { inner: [n] }]))));
  is('view: what is large is folded', folded.querySelectorAll('details:not([open])').length, 99);
  is('view: not JSON', jsonView('{').querySelector('.help') !== null, true);
  is('for editing', editable('{"a":1.0}'), '{\n  "a": 1.0\n}');

  // What cannot be seen
  is('visible', ui.visible('a\u202eb\u0000\u00ad\tc\n'), 'a\\u202eb\\u0000\\u00ad\tc\n');

  // Values that tell
  const scope = new Scope();
  const value = signal(1);
  const told = [];
  value.watch(scope, (next) => told.push(next));
  value.set(1);
  value.set(2);
  scope.close();
  value.set(3);
  is('signal', told, [1, 2]);

  // Places and calls
  is('address', address('events', ['a/b'], { q: 'type:a "b"', none: '' }), '#/events/a%2Fb?q=type%3Aa+%22b%22');
  is('curl', asCurl('POST', '/api/events', { body: { a: "it's" } }),
    `curl -sS -g -X POST '${location.origin}/api/events' -H "X-API-Key: $KEY" -H 'Content-Type: application/json' --data-raw '{"a":"it'\\''s"}'`);

  // Signatures: the published vector, and a pair made here
  is('signature', await signature.hmac('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'msg_p5jXN8AQM9LWM0D4loKWxJek.1614265330.{"test": 2432232314}'),
    'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
  const pair = await crypto.subtle.generateKey({ name: 'Ed25519' }, true, ['sign', 'verify']);
  const raw = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)));
  const publicKey = `whpk_${raw(await crypto.subtle.exportKey('raw', pair.publicKey))}`;
  const header = `v1,AAAA v1a,${raw(await crypto.subtle.sign('Ed25519', pair.privateKey, new TextEncoder().encode('a.1.{}')))}`;
  is('Ed25519', [await signature.verified(publicKey, header, 'a.1.{}'), await signature.verified(publicKey, header, 'a.2.{}')], [true, false]);

  // Within another page: what the address may ask for
  const embed = await import(`${base}/embed.js`);
  const wish = (text) => embed.settings(new URLSearchParams(text));
  is('embedding: all', wish('view=endpoints&navigation=off&theme=dark&accent=0b6e4f&background=FFFFFF&font=Open Sans&origin=https://app.example.com:8443'), { view: 'endpoints', navigation: false, theme: 'dark', accent: '0b6e4f', paper: 'FFFFFF', font: 'Open Sans', origin: 'https://app.example.com:8443' });
  is('embedding: no CSS, no place, no star', wish('view=start&theme=x&accent=red;}&background=#fff&font=a";x:url(//e)&origin=*'), { view: null, navigation: true, theme: null, accent: null, paper: null, font: null, origin: null });
  is('embedding: readable', [embed.contrast(embed.legible('#ffff00', '#ffffff', '#000000'), '#ffffff') >= 4.5, embed.legible('#000080', '#ffffff', '#000000')], [true, '#000080']);

  return { checks, wrong };
}
