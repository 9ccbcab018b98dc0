import { createHmac, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { limits } from '../src/kernel/limits.ts'
import { reportsById } from '../src/reports/index.ts'
import { genericSignature } from '../src/reports/sms/signatures.ts'
import { reported, type TestApp, testApp } from './harness.ts'

const token = 'twilio-token-'.padEnd(40, 't')
const key = 'generic-key-'.padEnd(40, 'g')
const publicUrl = 'https://porchlight.example'
const folder = mkdtempSync(join(tmpdir(), 'porchlight-sms-'))
const lines: string[] = []
let app: TestApp
/** Two streets of Lanternport that cross. */
let crossing = ''

beforeAll(async () => {
  writeFileSync(join(folder, 'twilio'), `${token}\n`)
  writeFileSync(join(folder, 'generic'), `${key}\n`)
  app = await testApp({
    publicUrl,
    log: (line) => lines.push(line),
    smsTwilioTokenFile: join(folder, 'twilio'),
    smsGenericKeyFile: join(folder, 'generic'),
  })
  const { centre } = app.app.city
  crossing = app.app.city.nearestCorner(centre)?.label ?? ''
  expect(crossing).not.toBe('')
})
afterAll(async () => {
  await app.stop()
  rmSync(folder, { recursive: true })
})

interface Text {
  id: string
  from: string
  text: string
  part?: { reference: string; index: number; total: number }
}

async function generic(body: Text, change: { at?: number; nonce?: string; key?: string } = {}) {
  const raw = JSON.stringify(body)
  const seconds = Math.floor(app.clock.now().getTime() / 1000) + (change.at ?? 0)
  const signed = { timestamp: String(seconds), nonce: change.nonce ?? randomUUID(), body: raw }
  return app.call('POST', '/hooks/sms/generic', {
    body: raw,
    headers: {
      'porchlight-timestamp': signed.timestamp,
      'porchlight-nonce': signed.nonce,
      'porchlight-signature': genericSignature(change.key ?? key, signed),
    },
  })
}

const sign = (form: Record<string, string>, secret = token): string =>
  createHmac('sha1', secret)
    .update(
      `${publicUrl}/hooks/sms/twilio${Object.keys(form)
        .sort()
        .map((name) => name + form[name])
        .join('')}`,
    )
    .digest('base64')

const twilio = (form: Record<string, string>, signature = sign(form)) =>
  app.call('POST', '/hooks/sms/twilio', {
    body: new URLSearchParams(form).toString(),
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-signature': signature,
    },
  })

const reportCount = async (): Promise<number> => {
  const { rows } = await app.app.pool.query(
    "select count(*)::int n from reports where source = 'sms'",
  )
  return rows[0].n
}

/** Sends the messages of one number one after the other; answers the replies. */
async function talk(from: string, ...texts: string[]): Promise<string[]> {
  const replies: string[] = []
  for (const text of texts) {
    const { status, body, text: raw } = await generic({ id: randomUUID(), from, text })
    expect(status, raw).toBe(200)
    replies.push(body.reply)
  }
  return replies
}

const receiptIn = (reply = ''): string => /(?:\d{4} ){3}\d{4}/.exec(reply)?.[0] ?? ''
let numbers = 0
const aNumber = (): string => `+1555${String(++numbers).padStart(7, '0')}`

test('one message says it all and is answered with a receipt that opens the report', async () => {
  const [reply] = await talk(aNumber(), `ICE 3 men van ${crossing} now, officer Brannigan`)
  const receipt = receiptIn(reply)
  expect(receipt).not.toBe('')
  const mine = await app.call('GET', '/api/v1/reports/mine', {
    headers: { authorization: `Receipt ${receipt}` },
  })
  expect(mine).toMatchObject({ status: 200, body: { activity: 'other', outcome: 'checking' } })
  const [row] = await reportsById(app.app.reports, app.kernel.db, [mine.body.id])
  expect(row).toMatchObject({ source: 'sms', still_there: true, language: 'en' })
  expect(row?.lat).not.toBeNull()
  expect(row?.description).toContain('officer ⟦☺⟧')
  expect(row?.contact).toBeNull()
})

const steps: Record<string, string[]> = {
  en: ['agents', '2', 'PLACE', 'yes', 'send'],
  es: ['la migra', '2', 'PLACE', 'sí', 'enviar'],
  'zh-Hans': ['移民局', '2', 'PLACE', '是', '发送'],
  'zh-Hant': ['移民局警員', '2', 'PLACE', '是', '發送'],
  ru: ['агенты', '2', 'PLACE', 'да', 'отправить'],
  bn: ['আইস', '২', 'PLACE', 'হ্যাঁ', 'পাঠান'],
  ht: ['imigrasyon', '2', 'PLACE', 'wi', 'voye'],
  ko: ['이민국', '2', 'PLACE', '네', '보내기'],
  ar: ['الهجرة', '٢', 'PLACE', 'نعم', 'إرسال'],
  ur: ['آئس', '۲', 'PLACE', 'ہاں', 'بھیجیں'],
  fr: ['immigration', '2', 'PLACE', 'oui', 'envoyer'],
  pl: ['imigracja', '2', 'PLACE', 'tak', 'wyślij'],
}
test.each(Object.entries(steps))('step by step in %s ends with a receipt', async (lang, texts) => {
  const before = await reportCount()
  const replies = await talk(aNumber(), ...texts.map((text) => text.replace('PLACE', crossing)))
  expect(receiptIn(replies.at(-1)), replies.join('\n')).not.toBe('')
  expect(await reportCount()).toBe(before + 1)
  const { rows } = await app.app.pool.query(
    "select activity, still_there, language from reports where source = 'sms' order by ctid desc limit 1",
  )
  const spoken = app.app.city.languages.some(({ code }) => code === lang)
    ? lang
    : app.app.city.defaultLanguage
  expect(rows[0]).toMatchObject({ activity: 'raid', still_there: true, language: spoken })
})

test('the same delivery ten times, an hour late and out of order has one effect and one answer', async () => {
  const from = aNumber()
  const before = await reportCount()
  const first = { id: randomUUID(), from, text: 'raid' }
  const second = { id: randomUUID(), from, text: crossing }
  const third = { id: randomUUID(), from, text: '1' }
  const fourth = { id: randomUUID(), from, text: '1' }
  const answers = new Map<string, string>()
  for (const message of [first, second, third, fourth])
    answers.set(message.id, (await generic(message)).body.reply)
  expect(receiptIn(answers.get(fourth.id))).not.toBe('')
  app.clock.advance(60)
  const again = [third, first, fourth, second].flatMap((one) =>
    Array.from({ length: 10 }, () => one),
  )
  for (const message of again)
    expect((await generic(message)).body.reply).toBe(answers.get(message.id))
  expect(await reportCount()).toBe(before + 1)
  app.clock.advance(60 * 24 * (limits.answerDays + 1))
  await app.app.jobs['kernel:retention']?.({})
  expect((await generic(fourth)).body.reply).toBeNull()
  expect(await reportCount()).toBe(before + 1)
})

test('ten deliveries at the same time have one effect', async () => {
  const before = await reportCount()
  const message = { id: randomUUID(), from: aNumber(), text: `raid ${crossing} now` }
  const answers = await Promise.all(Array.from({ length: 10 }, () => generic(message)))
  expect(new Set(answers.map(({ body }) => body.reply)).size).toBe(1)
  expect(await reportCount()).toBe(before + 1)
})

test('what is forged, stale, or replayed with another body gets one neutral answer', async () => {
  const message = { id: randomUUID(), from: aNumber(), text: 'raid' }
  const nonce = randomUUID()
  expect((await generic(message, { nonce })).status).toBe(200)
  const refusals = [
    await generic(message, { key: 'x'.repeat(40) }),
    await generic({ ...message, id: randomUUID() }, { at: -3600 }),
    await generic({ ...message, id: randomUUID() }, { at: 3600 }),
    await generic({ ...message, id: randomUUID() }, { nonce }),
    await generic({ ...message, text: 'another' }),
    await app.call('POST', '/hooks/sms/generic', { body: message }),
    await twilio({ MessageSid: 'SM1', From: '+1', Body: 'x' }, 'forged'),
    await twilio({ MessageSid: 'SM1', From: '+1', Body: 'x' }, ''),
  ]
  for (const { status, text } of refusals) {
    expect(status).toBe(403)
    expect(text).toBe(refusals[0]?.text)
  }
})

test('Twilio is answered in TwiML, and a replay with the same', async () => {
  const form = { MessageSid: `SM${randomUUID()}`, From: aNumber(), To: '+1', Body: 'raid & <b>' }
  const first = await twilio(form)
  expect(first.status, first.text).toBe(200)
  expect(String(first.headers['content-type'])).toMatch('text/xml')
  expect(first.text).toMatch(/^<\?xml[^>]*><Response><Message>[^<]+<\/Message><\/Response>$/)
  for (let i = 0; i < 10; i++) expect((await twilio(form)).text).toBe(first.text)
})

test('a long message in parts is read whole, and a lost part is asked for again', async () => {
  const from = aNumber()
  const part = (index: number, text: string, reference: string) =>
    generic({ id: randomUUID(), from, text, part: { reference, index, total: 2 } })
  const before = await reportCount()
  const late = await part(2, ` ${crossing} now`, 'one')
  expect(late.body.reply).toMatch('Only a part')
  expect(receiptIn((await part(1, 'ICE raid', 'one')).body.reply)).not.toBe('')
  expect(await reportCount()).toBe(before + 1)
  expect((await part(1, 'ICE raid', 'two')).body.reply).toBeNull()
  expect(receiptIn((await talk(from, `ICE raid ${crossing} now`))[0])).not.toBe('')
})

test('STOP deletes, HELP explains, and nothing of a dialogue outlives its half hour', async () => {
  const from = aNumber()
  const rows = async () => (await app.app.pool.query('select * from sms_dialogues')).rows
  await app.app.pool.query('delete from sms_dialogues')
  const [, help, stopped] = await talk(from, 'raid', 'HELP', 'stop')
  expect(help).toMatch('CHECK')
  expect(stopped).toMatch('deleted')
  expect(await rows()).toEqual([])
  await talk(from, 'raid')
  const kept = await rows()
  expect(kept).toHaveLength(1)
  app.clock.advance(31)
  // The step it was at is forgotten: a bare "1" answers nothing.
  expect((await talk(from, '1'))[0]).toMatch('What is happening')
  app.clock.advance(41)
  await app.app.jobs['reports:forget-dialogues']?.({})
  expect(await rows()).toEqual([])
})

test('a number is nowhere in the database, and no key in the log', async () => {
  const from = '+15559876543'
  await talk(from, 'raid', crossing)
  const { rows: tables } = await app.app.pool.query(
    "select schemaname, tablename from pg_tables where schemaname in ('public', 'graphile_worker')",
  )
  for (const { schemaname, tablename } of tables) {
    const held = await app.app.pool.query(
      `select 1 from "${schemaname}"."${tablename}" t where t::text like '%9876543%' limit 1`,
    )
    expect(held.rowCount, tablename).toBe(0)
  }
  const log = lines.join('\n')
  for (const secret of [token, key, '9876543']) expect(log).not.toContain(secret)
})

test('CHECK and a code says what is known of it', async () => {
  const { incidentId } = await reported(app)
  const path = `/api/v1/desk/incidents/${incidentId}`
  await app.call('POST', `${path}/findings`, {
    token: await app.token('verifier'),
    body: { finding: 'unfounded', basis: 'on-scene' },
  })
  await app.call('POST', `${path}/sign-off`, {
    token: await app.token('approver'),
    body: { finding: 'unfounded' },
  })
  await app.settle()
  const from = aNumber()
  const [ours, none, how] = await talk(from, `check ${incidentId}`, 'CHECK ZZZZ-ZZZ1', 'check')
  expect(ours).toMatch(`${incidentId} is ours. We looked and it was not true`)
  expect(none).toMatch('We did not send this code')
  expect(how).toMatch('Send CHECK')
})

test('a number that tells too much is ranked last and never refused', async () => {
  const from = aNumber()
  for (let i = 0; i < 6; i++)
    expect(receiptIn((await talk(from, `raid ${crossing} now`))[0])).not.toBe('')
  const { rows } = await app.app.pool.query(
    "select ranked_last from reports where source = 'sms' order by ctid desc limit 6",
  )
  expect(rows.filter(({ ranked_last }) => ranked_last)).toHaveLength(3)
})

test('whatever the order and however often delivered, a dialogue that is completed is one report', async () => {
  const script = ['raid', 'PLACE', '1', '1']
  const plan = fc.record({
    people: fc.integer({ min: 1, max: 3 }),
    order: fc.array(fc.nat({ max: 2 }), { minLength: 12, maxLength: 12 }),
    copies: fc.array(fc.nat({ max: 2 }), { minLength: 12, maxLength: 12 }),
    late: fc.boolean(),
  })
  await fc.assert(
    fc.asyncProperty(plan, async ({ people, order, copies, late }) => {
      const before = await reportCount()
      const queues = Array.from({ length: people }, () => {
        const from = aNumber()
        return script.map((text) => ({
          id: randomUUID(),
          from,
          text: text.replace('PLACE', crossing),
        }))
      })
      const sent: Text[] = []
      for (let turn = 0; queues.some((queue) => queue.length > 0); turn++) {
        const open = queues.filter((queue) => queue.length > 0)
        const message = open[(order[turn % order.length] ?? 0) % open.length]?.shift() as Text
        sent.push(message)
        for (let copy = 0; copy <= (copies[turn % copies.length] ?? 0); copy++)
          await generic(message)
      }
      if (late) for (const message of [...sent].reverse()) await generic(message)
      expect(await reportCount()).toBe(before + people)
    }),
    { numRuns: 15 },
  )
})

test('hooks without a key are not there', async () => {
  const bare = await testApp()
  for (const path of ['/hooks/sms/twilio', '/hooks/sms/generic'])
    expect((await bare.call('POST', path, { body: {} })).status).toBe(404)
  await bare.stop()
})

test('a key file that is missing or short stops the start with a sentence', async () => {
  writeFileSync(join(folder, 'short'), 'abc')
  for (const file of ['short', 'missing'])
    await expect(testApp({ smsTwilioTokenFile: join(folder, file) })).rejects.toThrow(
      'PORCHLIGHT_SMS_TWILIO_TOKEN_FILE',
    )
})

test.each([
  ['DERECHOS', 'es', '/es/rights'],
  ['Rights', 'en', '/en/rights'],
  ['Dwa m', 'en', '/en/rights'],
  ['حقوقي', 'ar', '/ar/rights'],
])('%s is answered with what matters most at the door', async (text, _lang, path) => {
  const before = await app.app.pool.query('select count(*) from reports')
  const { body } = await generic({ id: randomUUID(), from: '+12125550188', text })
  expect(body.reply).toContain(`${publicUrl}${path}`)
  expect(body.reply).toMatch(/\d{3}-\d{4}/)
  expect(body.reply.length).toBeLessThan(480)
  const after = await app.app.pool.query('select count(*) from reports')
  expect(after.rows).toEqual(before.rows)
})
