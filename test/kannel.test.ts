import { afterAll, beforeAll, expect, test } from 'vitest'
import { openGateway } from '../src/alerts/deliver/sms/open-gateway.ts'
import { shortText } from '../src/alerts/words.ts'
import { root } from '../src/commands/session.ts'
import { translators } from '../src/kernel/i18n/index.ts'
import { hasKannel, type Kannel, startKannel } from './kannel.ts'

let kannel: Kannel
const there = hasKannel()
beforeAll(async () => {
  if (there) kannel = await startKannel()
}, 60_000)
afterAll(() => kannel?.stop())

const city = {
  timeZone: 'America/New_York',
  hourCycle: 'h12',
  name: { en: 'New York City' },
} as const
const wording = { translator: translators(root), city }
const alert = {
  ...({ v: 1, origin: 'o', id: 'K7M3-9QXT', revision: 1, kind: 'confirmed' } as const),
  ...({ activity: 'raid', precision: 'corner', correction: null, drill: false } as const),
  ...{ place: 'Roosevelt Avenue & 82nd Street', areas: [], cells: [] },
  ...{
    seenAt: '2026-11-24T20:05:00Z',
    sentAt: '2026-11-24T20:10:00Z',
    expiresAt: '2026-11-24T23:00:00Z',
  },
}

/** As the fake SMSC writes what came: `Got message N: <from to text|ucs-2 words>`. */
async function came(pattern: RegExp): Promise<string> {
  await expect.poll(() => kannel.log(), { timeout: 20_000 }).toMatch(pattern)
  return pattern.exec(kannel.log())?.[1] ?? ''
}

test.runIf(there)(
  'an alert goes through a real gateway to its SMSC, in Latin letters and in others',
  async () => {
    const url = `http://127.0.0.1:${kannel.port}/cgi-bin/sendsms?username=porchlight&password={key}&to={to}&text={text}&charset=UTF-8&coding={coding}`
    const gateway = openGateway({ url, body: null, key: kannel.password })
    const [latin, cyrillic] = [shortText(wording, alert, 'es'), shortText(wording, alert, 'ru')]
    const to = '+12125550101'
    // Until the fake SMSC is at the door, kannel takes messages and keeps them.
    expect(await gateway.submit({ to, text: latin, reference: '1' })).toBe('accepted')
    expect(await gateway.submit({ to, text: cyrillic, reference: '2' })).toBe('accepted')
    expect(await came(/<\S+ \+?12125550101 text ([^>]*)>/)).toBe(latin)
    const coded = await came(/<\S+ \+?12125550101 ucs-2 ([^>]*)>/)
    const bytes = Buffer.from(
      coded
        .replace(/\+/g, ' ')
        .replace(/%(..)/g, (_all, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
      'latin1',
    )
    expect(bytes.swap16().toString('utf16le')).toBe(cyrillic)
    const wrong = openGateway({ url, body: null, key: 'another' })
    expect(await wrong.submit({ to, text: 'x', reference: '3' })).toBe('again')
  },
  60_000,
)
