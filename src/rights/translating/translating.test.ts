import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { js2xliff, xliff2js } from 'xliff'
import { type TestApp, testApp } from '../../../test/harness.ts'
import { sourceHash } from '../../kernel/i18n/index.ts'

// XLIFF is read and written here by another's tool (npm `xliff`): ours must be understood by it, and it by ours.

let app: TestApp
let records: string
beforeAll(async () => {
  app = await testApp()
  records = await app.token('records')
})
afterAll(() => app.stop())
beforeEach(async () => {
  await app.app.pool.query('truncate guide_words')
  await app.app.translating.approved.refresh()
})

const path = '/api/v1/desk/translations'
const name = 'home-door.keep-closed'
const english = (): string => app.app.guides.pack().english.get(name) ?? ''
const approve = (change: Record<string, unknown> = {}, token = records) =>
  app.call('POST', path, {
    token,
    body: {
      ...{ lang: 'es', name, words: 'Deje la puerta cerrada.', of: sourceHash(english()) },
      ...{ review: 'native-reviewed', ...change },
    },
  })
const shown = async (lang = 'es') => {
  const { body } = await app.call('GET', `/api/v1/rights/guides/home-door?lang=${lang}`)
  return body.statements.find(({ key }: { key: string }) => key === 'keep-closed')
}

test('what a reviewer approves is shown at once, as what it is, and is in the audit', async () => {
  expect((await approve()).status).toBe(204)
  expect(await shown()).toMatchObject({
    text: 'Deje la puerta cerrada.',
    lang: 'es',
    review: 'native-reviewed',
  })
  const { rows } = await app.app.pool.query(
    "select object, detail from audit_entries where action = 'words.approved'",
  )
  expect(rows.at(-1)).toMatchObject({ object: `words:es/${name}` })
})

test('when the English changes it falls back in every language, until it is approved again', async () => {
  const languages = app.app.city.languages.map(({ code }) => code).filter((code) => code !== 'en')
  for (const lang of languages)
    expect((await approve({ lang, words: `Words of ${lang}` })).status).toBe(204)
  const pack = app.app.guides.pack()
  const before = english()
  pack.english.set(name, 'Keep the door shut.')
  try {
    for (const lang of languages)
      expect(await shown(lang), lang).toMatchObject({ lang: 'en', text: 'Keep the door shut.' })
    const refused = await approve({ of: sourceHash(before) })
    expect(refused).toMatchObject({ status: 409, body: { code: 'rights/english-changed' } })
    const { body } = await app.call('GET', `${path}?lang=es`, { token: records })
    const row = body.texts.find((text: { name: string }) => text.name === name)
    expect(row).toMatchObject({ before: 'Words of es', words: null, review: 'missing' })
    expect((await approve({ of: row.of, words: 'Puerta cerrada.' })).status).toBe(204)
    expect(await shown()).toMatchObject({ lang: 'es', text: 'Puerta cerrada.' })
  } finally {
    pack.english.set(name, before)
  }
})

test.each([
  ['a script', { words: 'Hola <script>alert(1)</script>' }, 422, 'rights/words'],
  ['a mark that turns the words', { words: 'Puerta \u202e cerrada' }, 422, 'rights/words'],
  ['a text nobody has', { name: 'home-door.nothing' }, 422, 'rights/no-such-text'],
  ['English itself', { lang: 'en' }, 422, 'rights/no-such-language'],
  ['a language of another city', { lang: 'sw' }, 422, 'rights/no-such-language'],
])('%s is refused', async (_what, change, status, code) => {
  expect(await approve(change)).toMatchObject({ status, body: { code } })
})

test('only who keeps the texts sees or approves them', async () => {
  const other = await app.token('operator')
  expect((await approve({}, other)).status).toBeGreaterThanOrEqual(403)
  expect(
    (await app.call('GET', `${path}?lang=es`, { token: other })).status,
  ).toBeGreaterThanOrEqual(403)
})

const xliffOut = async (): Promise<string> =>
  (await app.call('GET', `${path}/xliff?lang=es`, { token: records })).text
const bring = (xml: string) =>
  app.call('POST', `${path}/xliff?review=native-reviewed`, {
    token: records,
    body: xml,
    headers: { 'content-type': 'application/xliff+xml' },
  })

test('another’s tool reads our XLIFF, and we read what it writes', async () => {
  const read = await xliff2js(await xliffOut())
  expect(read.sourceLanguage).toBe('en')
  expect(read.targetLanguage).toBe('es')
  const units = read.resources.guides ?? {}
  expect(Object.keys(units).length).toBe(app.app.guides.pack().english.size)
  expect(units[name]?.source).toBe(english())
  const written = await js2xliff({
    ...read,
    resources: {
      guides: { [name]: { source: english(), target: 'Deje la puerta cerrada & con llave.' } },
    },
  })
  expect(await bring(written)).toMatchObject({ status: 200, body: { approved: 1 } })
  expect(await shown()).toMatchObject({ text: 'Deje la puerta cerrada & con llave.', lang: 'es' })
})

const unit = (id: string, target: string): string =>
  `<unit id="${id}"><segment><source>x</source><target>${target}</target></segment></unit>`
const file = (units: string, change = 'version="2.0" srcLang="en" trgLang="es"'): string =>
  `<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" ${change}><file id="f">${units}</file></xliff>`

test.each([
  ['entities', `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>${file(unit(name, '&e;'))}`],
  ['laughs', `<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>${file(unit(name, '&b;'))}`],
  ['another version', file(unit(name, 'Hola'), 'version="1.2" srcLang="en" trgLang="es"')],
  ['no language', file(unit(name, 'Hola'), 'version="2.0" srcLang="en"')],
  ['one unit twice', file(unit(name, 'Hola') + unit(name, 'Adiós'))],
  ['no XML', '{"json": true}'],
  ['half of one', file(unit(name, 'Hola')).slice(0, -20)],
  ['a stranger’s unit', file(unit(name, 'Hola') + unit('other.text', 'Adiós'))],
  ['markup in a text', file(unit(name, '&lt;script>x&lt;/script>'))],
])('XLIFF with %s is refused whole', async (_what, xml) => {
  const { status, body } = await bring(xml)
  expect(status).toBe(422)
  expect(body.code).toMatch(/^rights\//)
  const { rows } = await app.app.pool.query('select count(*)::int as n from guide_words')
  expect(rows[0].n).toBe(0)
})

test('where the database cannot be asked, readers go on reading', async () => {
  await approve()
  const { approved } = app.app.translating
  await app.app.pool.query('alter table guide_words rename to gone')
  try {
    await approved.refresh()
    expect((await shown()).text).toBe('Deje la puerta cerrada.')
  } finally {
    await app.app.pool.query('alter table gone rename to guide_words')
  }
})
