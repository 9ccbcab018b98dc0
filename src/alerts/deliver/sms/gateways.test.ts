import type { AddressInfo } from 'node:net'
import smpp, { type Pdu } from 'smpp'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { startGateway } from '../../../../test/text-gateway.ts'
import { GatewayFault } from '../gateway-fault.ts'
import { openGateway } from './open-gateway.ts'

let server: Awaited<ReturnType<typeof startGateway>>
beforeAll(async () => {
  server = await startGateway()
})
afterAll(() => server.stop())
afterEach(() => void server.handed.splice(0))

const message = { to: '+12125550101', text: 'A & B “ñ” 100%', reference: 'r-1' }

it('speaks as Twilio does, and believes it that a number wants nothing', async () => {
  const url = `http+twilio://AC1@127.0.0.1:${server.port}?from=+15005550006`
  const gateway = openGateway({ url, body: null, key: 'token' })
  server.answers.push({ status: 201 }, { status: 400, body: '{"code":21610}' })
  server.answers.push({ status: 400, body: '{"code":21211}' }, { status: 429 }, { status: 302 })
  const said: string[] = []
  for (let n = 0; n < 5; n++) said.push(await gateway.submit(message))
  expect(said).toEqual(['accepted', 'gone', 'refused', 'again', 'refused'])
  const [first] = server.handed
  expect(first?.url.pathname).toBe('/2010-04-01/Accounts/AC1/Messages.json')
  expect(first?.headers.authorization).toBe(`Basic ${btoa('AC1:token')}`)
  expect(Object.fromEntries(new URLSearchParams(first?.body))).toEqual({
    To: message.to,
    From: '+15005550006',
    Body: message.text,
  })
})

it('fills an address or a body, whatever is written in a message', async () => {
  const at = `http://127.0.0.1:${server.port}`
  const byGet = openGateway({
    url: `${at}/s?to={to}&t={text}&k={key}&c={coding}`,
    body: null,
    key: 'k&y',
  })
  expect(await byGet.submit(message)).toBe('accepted')
  const json = openGateway({
    url: `${at}/j`,
    body: '{"n":"{to}","m":"{text}","r":"{reference}"}',
    key: 'k',
  })
  const odd = { ...message, text: '{to} "\\\n{key}' }
  expect(await json.submit(odd)).toBe('accepted')
  const form = openGateway({ url: `${at}/f`, body: 'n={to}&m={text}', key: null })
  expect(await form.submit(message)).toBe('accepted')
  const [got, posted, formed] = server.handed
  expect(Object.fromEntries(got?.url.searchParams ?? [])).toEqual({
    ...{ to: message.to, t: message.text, k: 'k&y', c: '2' },
  })
  expect(JSON.parse(posted?.body ?? '')).toEqual({ n: odd.to, m: odd.text, r: 'r-1' })
  expect(posted?.headers.authorization).toBe('Bearer k')
  expect(new URLSearchParams(formed?.body).get('m')).toBe(message.text)
})

it('says that a gateway which is not there may be tried again', async () => {
  const gateway = openGateway({ url: 'http://127.0.0.1:1/?{to}{text}', body: null, key: null })
  expect(await gateway.submit(message)).toBe('again')
})

it('binds by SMPP, sends both alphabets, binds anew after the line is lost', async () => {
  const submitted: Pdu[] = []
  const binds: unknown[] = []
  const statuses = [0, 0, 0x58, 0x0b]
  const sessions: { destroy(): void }[] = []
  const smsc = smpp.createServer((session) => {
    sessions.push(session)
    session.on('error', () => {})
    session.on('bind_transceiver', (pdu: Pdu) => {
      binds.push([pdu.system_id, pdu.password])
      session.send(pdu.response({ command_status: pdu.password === 'right' ? 0 : 0x0e }))
    })
    session.on('submit_sm', (pdu: Pdu) => {
      submitted.push(pdu)
      session.send(pdu.response({ command_status: statuses.shift() ?? 0, message_id: '1' }))
    })
  })
  await new Promise<void>((resolve) => smsc.listen(0, '127.0.0.1', resolve))
  const { port } = smsc.address() as AddressInfo
  const url = `smpp://us@127.0.0.1:${port}?from=Porchlight`
  const wrong = openGateway({ url, body: null, key: 'wrong' })
  expect(await wrong.submit(message)).toBe('again')
  const gateway = openGateway({ url, body: null, key: 'right' })
  const texts = ['A & B, $5 ñ', 'Привет, 查']
  const said = []
  for (const text of [...texts, 'c', 'd']) said.push(await gateway.submit({ ...message, text }))
  expect(said).toEqual(['accepted', 'accepted', 'again', 'refused'])
  for (const session of sessions) session.destroy()
  await new Promise((resolve) => setImmediate(resolve))
  const afterwards = [await gateway.submit(message), await gateway.submit(message)]
  expect(afterwards.at(-1)).toBe('accepted')
  expect(binds.filter((bind) => String(bind) === 'us,right')).toHaveLength(2)
  expect(
    submitted.slice(0, 2).map(({ destination_addr, data_coding, short_message }) => ({
      to: destination_addr,
      coding: data_coding,
      text: (short_message as { message: string }).message,
    })),
  ).toEqual([
    { to: '12125550101', coding: 0, text: texts[0] },
    { to: '12125550101', coding: 8, text: texts[1] },
  ])
  await gateway.stop()
  await wrong.stop()
  await new Promise((resolve) => smsc.close(resolve))
})

it.each([
  ['ftp://x/{to}{text}', null, 'k'],
  ['https://x/send?to={to}', null, 'k'],
  ['https://u:geheim@x/{to}{text}', null, 'k'],
  ['https://{to}.example/{text}', null, 'k'],
  ['https+twilio://api.twilio.com?from=1', null, 'k'],
  ['https+twilio://AC1:geheim@api.twilio.com?from=1', null, 'k'],
  ['https+twilio://AC1@api.twilio.com', null, 'k'],
  ['smpp://us@host?from=1', null, null],
  ['smpp://us@host?from=1', '{to}{text}', 'k'],
  ['geheim', null, 'k'],
])('refuses %s in a sentence that does not repeat it', (url, body, key) => {
  const open = () => openGateway({ url, body, key })
  expect(open).toThrow(GatewayFault)
  expect(open).not.toThrow(/geheim|AC1/)
})
