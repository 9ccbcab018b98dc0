import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { readServer } from '../src/alerts/deliver/mail/read-server.ts'
import { cellsAround } from '../src/alerts/matching/grow-cells.ts'
import { confirmed } from './alerting.ts'
import { corner, type TestApp, testApp } from './harness.ts'

/** A letter as a mail server takes it. */
interface Taken {
  from: string
  to: string[]
  raw: string
}

const taken: Taken[] = []
/** What the server says to the next recipients, before it takes any. */
const refusals: number[] = []
const smtp = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onRcptTo(_address, _session, done) {
    const responseCode = refusals.shift()
    done(responseCode ? Object.assign(new Error('no'), { responseCode }) : null)
  },
  onData(stream, { envelope }, done) {
    const parts: Buffer[] = []
    stream.on('data', (part: Buffer) => parts.push(part))
    stream.on('end', () => {
      const from = envelope.mailFrom ? envelope.mailFrom.address : ''
      const to = envelope.rcptTo.map(({ address }) => address)
      taken.push({ from, to, raw: Buffer.concat(parts).toString('utf8') })
      done()
    })
  },
})

let app: TestApp
beforeAll(async () => {
  await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve))
  const { port } = smtp.server.address() as AddressInfo
  app = await testApp({
    publicUrl: 'https://porchlight.example',
    sending: {
      smtpUrl: `smtp://127.0.0.1:${port}`,
      mailFrom: 'Porchlight <alerts@porchlight.example>',
    },
  })
})
afterAll(async () => {
  await app.stop()
  await new Promise<void>((resolve) => smtp.close(resolve))
})
beforeEach(() => void taken.splice(0))

const subscribe = async (email: string, language = 'es') => {
  const cells = cellsAround(corner(app, 0), 'near')
  const body = { channel: 'email', language, cells, email }
  const answer = await app.call('POST', '/api/v1/subscriptions', { body })
  await app.settle()
  return answer
}

/** The headers of a letter, each on one line, and its parts decoded. */
function read({ raw }: Taken) {
  const [head = '', ...rest] = raw.split('\r\n\r\n')
  const headers = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n')
  const body = rest
    .join('\r\n\r\n')
    .replace(/=\r\n/g, '')
    .replace(/(?:=[0-9A-F]{2})+/g, (bytes) =>
      Buffer.from(bytes.replaceAll('=', ''), 'hex').toString('utf8'),
    )
  const header = (name: string): string =>
    headers.find((line) => line.toLowerCase().startsWith(`${name}: `))?.slice(name.length + 2) ?? ''
  return { headers, header, body }
}

const pathOf = (text: string, pattern: RegExp): string =>
  new URL(pattern.exec(text)?.[0] ?? 'https://nothing.example/').pathname

async function confirmedMailbox(email: string): Promise<void> {
  expect((await subscribe(email)).status).toBe(202)
  const { body } = read(taken.splice(0)[0] as Taken)
  // The letter leads to a page with one button; what that sends is this.
  const page = pathOf(body, /https:\S+\/es\/alerts\/confirm\/[\w-]+/)
  const link = page.replace('/es/alerts/confirm/', '/api/v1/subscriptions/confirmations/')
  expect((await app.call('GET', link)).status).toBe(404)
  await confirmed(app, 0)
  expect(taken).toEqual([])
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  expect((await app.call('POST', link, { body: '', headers: form })).status).toBe(204)
}

test('a mailbox says yes, hears the alert in both forms, and ends it by one click', async () => {
  await confirmedMailbox('Ana@Example.org')
  const id = await confirmed(app, 0)
  const [letter, ...more] = taken.splice(0)
  expect(more).toEqual([])
  expect([letter?.from, letter?.to]).toEqual(['alerts@porchlight.example', ['Ana@example.org']])
  const { header, body } = read(letter as Taken)
  expect(header('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click')
  expect(header('content-type')).toMatch(/^multipart\/alternative/)
  expect(body).toContain(`https://porchlight.example/es/live/${id}`)
  expect(body).toMatch(/<html lang="es" dir="ltr">/)

  const oneClick = pathOf(header('list-unsubscribe'), /https:[^>]+/)
  // Programs that look at links before people do change nothing.
  expect((await app.call('GET', oneClick)).status).toBe(404)
  expect(body).toMatch(/https:\S+\/es\/alerts\/off\/[\w-]+/)
  const active = async () =>
    (await app.app.pool.query("select 1 from subscriptions where state = 'active'")).rowCount
  expect(await active()).toBe(1)
  const boundary = 'multipart/form-data; boundary=x'
  const form =
    '--x\r\ncontent-disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n'
  for (const path of [oneClick, oneClick, oneClick.replace(/[\w-]{43}/, 'A'.repeat(43))]) {
    const answer = await app.call('POST', path, {
      body: form,
      headers: { 'content-type': boundary },
    })
    expect([answer.status, answer.text]).toEqual([204, ''])
  }
  expect(await active()).toBe(0)
  const token = await app.token('verifier')
  await app.call('POST', `/api/v1/desk/incidents/${id}/correct`, { token, body: {} })
  await app.settle()
  expect(taken).toEqual([])
})

test('a mail server that is busy is tried again', async () => {
  await confirmedMailbox('busy@example.org')
  refusals.push(451)
  await confirmed(app, 0)
  expect(taken.map(({ to }) => to)).toEqual([['busy@example.org']])
})

test.each([
  'a@example.org\r\nBcc: b@example.org',
  'a@example.org,b@example.org',
  'a@example.org b@example.org',
  '"a\\" b"@example.org',
  'A <a@example.org>',
  'a@example.org\0',
  'a@example',
  'a@b@example.org',
])('%j is no mailbox', async (email) => {
  expect((await subscribe(email)).status).toBe(422)
  expect(taken).toEqual([])
})

test('nothing in an alert becomes a header', async () => {
  await confirmedMailbox('inject@example.org')
  const { rows } = await app.app.pool.query(
    "select id from subscriptions where state = 'active' order by id desc",
  )
  const evil = 'Elm\r\nBcc: evil@example.org\r\n\r\n<script>alert(1)</script> \u2028X-Evil: 1'
  const alert = {
    ...({ v: 1, origin: 'o', id: 'K7M3-9QXT', revision: 1, kind: 'confirmed' } as const),
    ...({ activity: 'raid', precision: 'corner', place: evil, correction: null } as const),
    ...{ areas: [], cells: [], drill: false },
    ...{ seenAt: null, sentAt: '2026-11-23T18:00:00Z', expiresAt: '2026-11-24T21:00:00Z' },
  }
  const said: string[] = []
  await app.app.alerts.channels.email?.send({
    signed: { alert, keyId: '', signature: '' },
    document: '',
    deliveries: [
      {
        ...{ id: rows[0].id, language: 'en', receipt: '', prepared: null },
        endpoint: {
          channel: 'email',
          address: 'inject@example.org',
          capability: 'c',
          confirm: 'd',
        },
      },
    ],
    deadline: new Date('2026-11-24T21:00:00Z'),
    wanted: () => true,
    onOutcome: (_id, outcome) => said.push(outcome),
  })
  expect(said).toEqual(['accepted'])
  const [letter] = taken
  expect(letter?.to).toEqual(['inject@example.org'])
  const { headers, body } = read(letter as Taken)
  expect(headers.filter((line) => /^(bcc|x-evil)/i.test(line))).toEqual([])
  expect(body.slice(body.indexOf('<!doctype'))).not.toContain('<script>')
})

test.each([
  ['smtp://user:geheim@mail.example', 'a@b.example', /key file/],
  ['https://geheim.example', 'a@b.example', /no smtp/],
  ['smtp://mail.example', undefined, /PORCHLIGHT_MAIL_FROM/],
  ['smtp://mail.example', 'a@b.example\r\nBcc: x@y.example', /PORCHLIGHT_MAIL_FROM/],
])('%s stops the start with a sentence', (url, from, sentence) => {
  const open = () => readServer(url, from, null)
  expect(open).toThrow(sentence)
  expect(open).not.toThrow(/geheim/)
})

test('away from this machine no password and no letter goes in the clear', () => {
  const { insecure, port } = readServer('smtp://user@mail.example', 'A <a@b.example>', 'k')
  expect([insecure, port]).toEqual([false, 587])
  expect(readServer('smtps://mail.example', 'a@b.example', null)).toMatchObject({
    secure: true,
    port: 465,
  })
})
