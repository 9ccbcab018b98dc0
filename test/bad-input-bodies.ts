/** Changes to a report that is right otherwise, or a whole body as text. `hours(n)` is a time of the clock. */
export type Wrong = [
  name: string,
  body: object | string | ((hours: (n: number) => string) => object | string),
  path?: string,
]

/** Bodies that are refused, and the field that is blamed. */
export const wrong: Wrong[] = [
  ['nothing', '{}'],
  ['a list', '[]'],
  ['null', 'null'],
  ['a number', '7'],
  ['a text', '"report"'],
  ['an unknown activity', { activity: 'parade' }, 'activity'],
  ['an activity that every object has', { activity: 'constructor' }, 'activity'],
  ['a truth in words', { firstHand: 'yes' }, 'firstHand'],
  ['a time in words', { observedAt: 'yesterday' }, 'observedAt'],
  ['a time without a zone', { observedAt: '2026-11-23T18:00:00' }, 'observedAt'],
  ['a 30th of February', { observedAt: '2026-02-30T18:00:00Z' }, 'observedAt'],
  ['tomorrow', (hours) => ({ observedAt: hours(24) }), 'observedAt'],
  ['last year', (hours) => ({ observedAt: hours(-24 * 365) }), 'observedAt'],
  ['the year 0', { observedAt: '0000-01-01T00:00:00Z' }, 'observedAt'],
  ['the year 9999', { observedAt: '9999-12-31T23:59:59Z' }, 'observedAt'],
  ['a point in the sea', { place: { lat: 0, lon: 0 } }, 'place'],
  ['a point exchanged', { place: { lat: -58.2985, lon: 41.2055 } }, 'place'],
  [
    'a latitude of 1e308',
    (hours) =>
      `{"activity":"stop","firstHand":true,"observedAt":"${hours(0)}","place":{"lat":1e308,"lon":1}}`,
    'place',
  ],
  [
    'a latitude of 1e999',
    (hours) =>
      `{"activity":"stop","firstHand":true,"observedAt":"${hours(0)}","place":{"lat":1e999,"lon":1}}`,
    'place',
  ],
  ['a latitude that is NaN in words', { place: { lat: 'NaN', lon: 1 } }, 'place'],
  ['a latitude that is null', { place: { lat: null, lon: 1 } }, 'place'],
  ['half a point', { place: { lat: 41.2 } }, 'place'],
  ['no words', { place: { text: '' } }, 'place'],
  ['a place nobody knows', { place: { placeId: 'corner:nowhere' } }, 'place.placeId'],
  ['a place of an object’s own name', { place: { placeId: '__proto__' } }, 'place.placeId'],
  ['a language of nobody', { language: 'not a language' }, 'language'],
  ['a crowd of -1', { size: -1 }, 'size'],
  ['half a person taken', { detained: 0.5 }, 'detained'],
  ['media by http', { media: [{ kind: 'link', url: 'http://x.example/' }] }, 'media.0.url'],
  ['media by javascript', { media: [{ kind: 'link', url: 'javascript:alert(1)' }] }, 'media.0.url'],
  ['eleven media', { media: Array(11).fill({ kind: 'photo' }) }, 'media'],
  ['a description too long', { description: 'x'.repeat(4001) }, 'description'],
  ['a lone surrogate', { description: 'a\ud800b' }, 'description'],
  ['a zero byte', { contact: 'a\u0000b' }, 'contact'],
  ['a zero byte in a place', { place: { text: 'a\u0000b' } }, 'place'],
]

export const malformed: [name: string, body: string, status: number][] = [
  ['half a body', '{"activity": "stop"', 400],
  ['a comma too many', '{"activity": "stop",}', 400],
  ['words', 'two vans at the pier', 400],
  ['a body nested 200,000 deep', `{"media":${'['.repeat(15_000)}${']'.repeat(15_000)}}`, 400],
  ['10 MB of text', JSON.stringify({ description: 'x'.repeat(10_000_000) }), 413],
  ['a body nested 200,000 deep and large', '['.repeat(200_000), 413],
]
export const strange = {
  html: '<script>alert(1)</script><img src=x onerror=alert(1)>',
  template: '{{7*7}} #{7*7} <%= 7 %> {0} %s %n',
  sql: `'; drop table reports; -- \\' "`,
  formula: '=HYPERLINK("http://x.example","x")',
  bidi: 'safe\u202Egnp.exe\u202C \u2066x\u2069',
  zeroWidth: 'z\u200Be\u200Dr\u2060o\uFEFF',
  combining: `z${'\u0301'.repeat(500)}`,
  emoji: '👩🏽‍⚖️🏳️‍🌈🇺🇳 ❤️',
  scripts: 'আমি দেখলাম দুটি গাড়ি · رأيت سيارتين · 我看到两辆车 · ראיתי',
  unassigned: '\uFFFE\uFFFF\u{10FFFF}\u0001\u007f',
}
export const types = [
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/xml',
  'application/json-patch',
  'image/png',
  '',
]
export const deskBodies: [path: string, body: unknown][] = [
  ['NOBODY-00/findings', { finding: 'perhaps', basis: 'on-scene' }],
  ['NOBODY-00/findings', { finding: 'confirmed', basis: 'on-scene', note: 'a\u0000' }],
  ['NOBODY-00/findings', { finding: 'unfounded', basis: 'on-scene', extra: 1 }],
  ['NOBODY-00/findings', { finding: 'unfounded', basis: 'on-scene' }],
  ['%00/findings', { finding: 'unfounded', basis: 'on-scene' }],
  ['merge', { ids: ['A', 'B'] }],
  ['merge', { ids: ['A\u0000', 'B'] }],
  ['merge', { ids: ['A\ud800', 'B'] }],
  ['merge', { ids: Array(21).fill('A') }],
  ['NOBODY-00/split', { reportIds: ['x'] }],
  ['NOBODY-00/place', { placeId: 'a\u0000' }],
  ['NOBODY-00/end', { note: 'x'.repeat(5000) }],
  ['NOBODY-00/correct', { now: 'confirmed' }],
  ['%F0%9F%98%80/undo', undefined],
]
