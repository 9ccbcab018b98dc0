import { hmac } from '../../kernel/crypto.ts'
import type { Tx } from '../../kernel/db/database.ts'
import { type Answer, once } from '../../kernel/http/idempotency.ts'
import type { Translator } from '../../kernel/i18n/index.ts'
import { limits } from '../../kernel/limits.ts'
import { asTextMessage } from '../../kernel/sms-segments.ts'
import type { NewReport } from '../contract.ts'
import { placeReport } from '../place-report.ts'
import { acceptReports } from '../received.ts'
import { refusedTime, surePlace } from '../rules.ts'
import { type ReportsRoom, reportRow } from '../submit-report.ts'
import type { Budgets } from './budgets.ts'
import { type Around, type FoundPlace, type Said, type Turn, takeTurn } from './dialogue.ts'
import { type ReadMessage, readMessage } from './read-message.ts'
import { isNews, type Kept, keep, keptFor, oneAtATime } from './store.ts'

/** What a provider hands us. The number is used to find the dialogue and is never written down. */
export interface Incoming {
  provider: 'twilio' | 'generic'
  messageId: string
  from: string
  text: string
  /** Of a long message that came in pieces: which one this is. */
  part?: { reference: string; index: number; total: number } | undefined
}

/** What is known of a code somebody asks about; the composition root knows who knows. */
export interface CheckedCode {
  verdict: 'ours' | 'not-ours' | 'place' | 'unknown'
  code: string
  status: string
  place: string
}

export interface Sms {
  room: ReportsRoom
  budgets: Budgets
  /** Keys the hash of a number: without it the database says nothing of who wrote. */
  pepper: Buffer
  translator(lang: string): Translator
  check(text: string, lang: string): Promise<CheckedCode>
  /** The guides in a few words, or null where there are none. */
  rights(lang: string): string | null
  /** What a number says about the messages that it gets from us, done when the transaction commits. */
  alerts: Record<'stop' | 'start' | 'confirm', (tx: Tx, number: string) => Promise<void>>
}

/**
 * Takes one text message and answers with the text to send back, or '' for nothing. One message of a
 * provider has one effect, however often, late or out of order it is delivered (reliability.md F22): its
 * answer is kept sealed for a day, its hash for a month. Report, dialogue and answer are written in
 * one transaction.
 */
export async function takeMessage(sms: Sms, incoming: Incoming): Promise<string> {
  const { db, clock } = sms.room.kernel
  const now = clock.now()
  const key = hmac(sms.pepper, `number ${incoming.from}`)
  const id = hmac(sms.pepper, `message ${incoming.provider} ${incoming.messageId}`)
  const { from: _from, ...said } = incoming
  return db.transaction().execute(async (tx) => {
    await oneAtATime(tx, key)
    const { body } = await once(tx, { scope: 'sms', key: id, body: { key, said }, now }, () =>
      answerOnce(sms, tx, { incoming, key, id, now }),
    )
    return String(body)
  })
}

interface Step {
  incoming: Incoming
  key: string
  id: string
  now: Date
}

async function answerOnce(sms: Sms, tx: Tx, step: Step): Promise<Answer> {
  const news = await isNews(tx, step.id, step.now)
  return { status: 200, body: news ? await reply(sms, tx, step) : '' }
}

async function reply(sms: Sms, tx: Tx, { incoming, key, now }: Step): Promise<string> {
  const { sealing, city } = sms.room.kernel
  const kept = await keptFor(sealing, tx, key, now)
  const { text, parts } = assembled(incoming, kept)
  if (text === null) {
    await keep(sealing, tx, key, { kept: { dialogue: kept?.dialogue ?? null, parts }, now })
    const lost = incoming.part?.index === incoming.part?.total
    return lost
      ? inWords(sms, kept?.dialogue?.lang ?? city.defaultLanguage, [{ key: 'parts' }])
      : ''
  }
  const message = readMessage(text.slice(0, limits.smsCharacters), kept?.dialogue?.lang ?? null)
  const lang = languageFor(sms, kept?.dialogue?.lang ?? message.lang)
  const known = await askedFor(sms, message, lang)
  if (known !== null) return known
  const word = wordOf(message, kept)
  if (word) await sms.alerts[word](tx, incoming.from)
  if (word === 'start' || word === 'confirm') return inWords(sms, lang, [{ key: wordKeys[word] }])
  const turn = takeTurn(kept?.dialogue ?? null, message, { lang, now, findPlace: placesOf(sms) })
  await keep(sealing, tx, key, {
    kept: turn.dialogue && { dialogue: turn.dialogue, parts: null },
    now,
  })
  const spoken = turn.dialogue?.lang ?? kept?.dialogue?.lang ?? lang
  return inWords(sms, spoken, await withReceipt(sms, tx, { turn, key, now }))
}

/** What is answered without a dialogue: is this code yours, what are my rights. Null for anything else. */
async function askedFor(
  sms: Sms,
  { command, text }: ReadMessage,
  lang: string,
): Promise<string | null> {
  if (command === 'check') return inWords(sms, lang, [await checked(sms, text, lang)])
  if (command === 'rights') return sms.rights(lang) ?? inWords(sms, lang, [{ key: 'help' }])
  return null
}

const wordKeys = { start: 'started', confirm: 'alerts-on' } as const

/**
 * What a message says of the messages that we send. A yes is one only where no question of the
 * dialogue is open; it is answered alike whether or not anything waited for it.
 */
function wordOf(
  { command, answer }: ReadMessage,
  kept: Kept | null,
): 'stop' | 'start' | 'confirm' | null {
  if (command === 'stop' || command === 'start') return command
  return answer === 'yes' && !kept?.dialogue ? 'confirm' : null
}

/** The whole text, once all its parts are here; null while some are missing. */
function assembled(
  { part, text }: Incoming,
  kept: Kept | null,
): { text: string | null; parts: Kept['parts'] } {
  if (!part || part.total < 2) return { text, parts: null }
  const before = kept?.parts?.reference === part.reference ? kept.parts.got : {}
  const got: Record<string, string> = {
    ...before,
    [part.index]: text.slice(0, limits.smsCharacters),
  }
  const parts = { reference: part.reference, total: part.total, got }
  if (Object.keys(got).length < part.total) return { text: null, parts }
  const whole = Array.from({ length: part.total }, (_, i) => got[String(i + 1)] ?? '').join('')
  return { text: whole, parts: null }
}

function languageFor({ room }: Sms, wanted: string | null): string {
  const { languages, defaultLanguage } = room.kernel.city
  return languages.find(({ code }) => code === wanted)?.code ?? defaultLanguage
}

const placesOf =
  ({ room }: Sms): Around['findPlace'] =>
  (words, lang): FoundPlace => {
    const place = surePlace(room.kernel.city.search(words.slice(0, 200), { lang, limit: 2 }))
    return { words, placeId: place?.placeId ?? null, label: place?.label ?? null }
  }

/** Stores the report of a dialogue that is whole, and says its receipt. */
async function withReceipt(
  sms: Sms,
  tx: Tx,
  { turn, key, now }: { turn: Turn; key: string; now: Date },
): Promise<Said[]> {
  if (!turn.report) return turn.say
  const receipt = await storeReport(sms, tx, { report: turn.report, key, now })
  return receipt === null
    ? [{ key: 'too-old' }]
    : turn.say.map((one) => ({ ...one, values: { ...one.values, receipt } }))
}

async function storeReport(
  { room, budgets }: Sms,
  tx: Tx,
  { report, key, now }: { report: NewReport; key: string; now: Date },
): Promise<string | null> {
  const observedAt = new Date(report.observedAt)
  if (refusedTime(observedAt, now, room.policy)) return null
  const receipt = room.receipts.make()
  const row = reportRow(room, {
    report,
    observedAt,
    placed: placeReport(report.place, room.kernel.city),
    receivedAt: now,
    origin: { source: 'sms' },
    receiptHash: receipt.hash,
  })
  row.ranked_last = budgets.spent(key)
  await acceptReports(room.kernel, tx, [{ row, keyed: null, effort: null }])
  return (receipt.digits.match(/\d{4}/g) ?? []).join(' ')
}

async function checked(sms: Sms, text: string, lang: string): Promise<Said> {
  const { verdict, code, status, place } = await sms.check(text, lang)
  if (verdict === 'not-ours') return { key: 'check.not-ours' }
  if (verdict !== 'ours') return { key: 'check.how' }
  return { key: `check.${status}`, values: { code, place } }
}

/** The sentences in a language, as few text messages as they fit in. */
function inWords(sms: Sms, lang: string, say: readonly Said[]): string {
  const t = sms.translator(lang)
  const sentences = say.map(({ key, values = {} }) => {
    const what = values.what ? t(`reports.sms.activity.${values.what}`) : ''
    const place = (values.place ?? '').slice(0, 60)
    return t(`reports.sms.${key}`, { ...values, what, place })
  })
  return asTextMessage(sentences.join(' '))
}
