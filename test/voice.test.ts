import { createHmac } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { confirmed } from './alerting.ts'
import { corner, type TestApp, testApp } from './harness.ts'

const token = 'twilio-token-'.padEnd(40, 't')
const publicUrl = 'https://porchlight.example'
const folder = mkdtempSync(join(tmpdir(), 'porchlight-voice-'))
let app: TestApp
let zip = ''
beforeAll(async () => {
  writeFileSync(join(folder, 'twilio'), token)
  app = await testApp({ publicUrl, smsTwilioTokenFile: join(folder, 'twilio') })
  zip = app.app.city.areasAt(corner(app, 0)).find(({ kind }) => kind === 'zip')?.name ?? ''
  expect(zip).toMatch(/^\d{5}$/)
})
afterAll(async () => {
  await app.stop()
  rmSync(folder, { recursive: true })
})

/** One step of a call, as Twilio sends it. */
async function call(query: string, form: Record<string, string> = {}, secret = token) {
  const path = `/hooks/voice/twilio${query}`
  const fields = Object.entries({ CallSid: 'CA1', From: '+12125550101', ...form })
  const signed = publicUrl + path + fields.toSorted().flat().join('')
  return app.call('POST', path, {
    body: new URLSearchParams(fields).toString(),
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': createHmac('sha1', secret).update(signed).digest('base64'),
    },
  })
}

const action = (xml: string): string =>
  (/action="\/hooks\/voice\/twilio([^"]*)"/.exec(xml)?.[1] ?? '').replaceAll('&amp;', '&')

test('a caller chooses a language and a ZIP code, and hears how old our knowledge is, or the alert', async () => {
  const first = await call('')
  expect(first.text).toMatch(/<Say language="es-MX">Para español, oprima 2\./)
  const menu = await call(action(first.text), { Digits: '2' })
  expect(menu.text).toContain('oprima 1. Para decirnos lo que ve, oprima 2.')
  const second = await call(action(menu.text), { Digits: '1' })
  expect(second.text).toMatch(/<Gather numDigits="5".*<Say language="es-MX">Marque los cinco/)
  const hear = action(second.text)
  expect((await call(hear, { Digits: '00000' })).text).toContain('No conocemos este código')
  const none = await call(hear, { Digits: zip })
  expect(none.text).toMatch(/No hay nada confirmado.*Nadie ha revisado nada/)
  const id = await confirmed(app, 0)
  const some = await call(hear, { Digits: zip })
  expect(some.text).toMatch(/Confirmado: paran a personas/)
  expect(some.text).not.toContain('No hay nada confirmado')
  const verifier = await app.token('verifier')
  await app.call('POST', `/api/v1/desk/incidents/${id}/correct`, { token: verifier, body: {} })
  await app.settle()
  expect((await call(hear, { Digits: zip })).text).toMatch(/Corrección/)
  app.clock.advance(60 * 25)
  expect((await call(hear, { Digits: zip })).text).toMatch(
    /No hay nada confirmado.*última revisión/,
  )
})

const voiceReports = () =>
  app.app.pool.query<{
    activity: string
    language: string
    still_there: boolean
    cell: string | null
  }>(
    "select activity, language, still_there, cell from reports where source = 'voice' order by received_at",
  )

test('a caller tells by four keys, hears the receipt twice, and a replay tells nothing again', async () => {
  const asked: string[] = []
  let query = action((await call('')).text)
  for (const [digits, words] of [
    ['2', /oprima 2/],
    ['2', /no se graba.*¿Qué ve\?/],
    ['9', /¿Qué ve\?/],
    ['2', /cinco dígitos/],
    ['00000', /No conocemos este código/],
    [zip, /¿Siguen ahí\?/],
  ] as const) {
    const { text } = await call(query, { Digits: digits })
    expect(text).toMatch(words)
    query = action(text)
    asked.push(query)
  }
  const told = await call(query, { Digits: '1' })
  const digits = [...told.text.matchAll(/<Say language="es-MX">((?:\d, ){3}\d)\.<\/Say>/g)].map(
    ([, four]) => four?.replaceAll(', ', '') ?? '',
  )
  expect(digits).toHaveLength(8)
  expect(digits.slice(4)).toEqual(digits.slice(0, 4))
  const receipt = digits.slice(0, 4).join('')
  await app.settle()
  const { rows } = await voiceReports()
  expect(rows).toMatchObject([
    { activity: 'arrest', language: 'es', still_there: true, cell: null },
  ])
  expect(await app.app.pages.myReport(receipt)).toMatchObject({ activity: 'arrest' })
  // The provider sends it again, at once and a week later; somebody changes the key in a signed call of the same name.
  expect((await call(query, { Digits: '1' })).text).toBe(told.text)
  expect((await call(query, { Digits: '2' })).status).toBe(422)
  app.clock.advance(60 * 24 * 8)
  expect((await call(query, { Digits: '1' })).status).toBeLessThan(500)
  expect((await voiceReports()).rows).toHaveLength(1)
})

test('what was told travels in the signed address alone: without its parts the caller is asked again', async () => {
  for (const told of ['', '1', '1.9.12345', 'x.1.12345', '1.1.abcde'])
    expect((await call(`?step=still&lang=en&told=${told}`, { Digits: '1' })).text).toContain(
      'step=menu',
    )
  const old = Math.floor(app.clock.now().getTime() / 60_000) - 60 * 24 * 30
  const late = await call(`?step=still&lang=en&told=${old}.1.${zip}`, { Digits: '1' })
  expect(late.text).toContain('too long ago')
  expect((await voiceReports()).rows).toHaveLength(1)
})

test('what is out of order begins again; a forged call is refused', async () => {
  for (const [query, digits] of [
    ['?step=language', '9'],
    ['?step=language', 'x'],
    ['?step=zip&lang=xx', zip],
  ])
    expect((await call(query ?? '', { Digits: digits ?? '' })).text).toContain('step=language')
  expect((await call('', {}, 'another')).status).toBe(403)
})
