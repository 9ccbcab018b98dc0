import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { create } from 'xmlbuilder2'
import { limits } from '../kernel/limits.ts'
import { notFound, Problem } from '../kernel/problem.ts'
import { isTwilios } from '../kernel/twilio-signature.ts'
import { Alert } from './contract-alert.ts'
import type { AlertsRoom } from './room.ts'
import { currentAlerts } from './store.ts'
import {
  type Asked,
  askMenu,
  askZip,
  type Line,
  reportSteps,
  reportTurn,
  type ToldByPhone,
  type Turn,
} from './voice-report.ts'
import { longWords, moment } from './words.ts'

/**
 * How Twilio is told to speak a language (twilio.com/docs/voice/twiml/say). It has no voice for
 * Haitian Creole and Urdu: who reads those is not offered them by telephone.
 */
const voices: Record<string, { language: string; voice?: string }> = {
  en: { language: 'en-US' },
  es: { language: 'es-MX' },
  'zh-Hans': { language: 'zh-CN' },
  'zh-Hant': { language: 'zh-TW' },
  ru: { language: 'ru-RU' },
  bn: { language: 'bn-IN', voice: 'Google.bn-IN-Standard-A' },
  ko: { language: 'ko-KR' },
  ar: { language: 'arb', voice: 'Polly.Zeina' },
  fr: { language: 'fr-FR' },
  pl: { language: 'pl-PL' },
}

export interface VoiceAround {
  /** The token by which Twilio signs; without it the hook is not there. */
  token: string | null
  /** When a trained person last looked at anything: how old our knowledge is. */
  lastCheckedAt(): Promise<string | null>
  /** Takes what a caller told; answers the digits of its receipt, or null where it is too long ago. */
  takeCall(told: ToldByPhone): Promise<string | null>
}

const path = '/hooks/voice/twilio'
const hidden = { config: { permit: 'anyone' as const }, schema: { hide: true } }

/**
 * The telephone line: a language by a digit; then either a ZIP code by five and the signed alerts of that place, or
 * that there are none and how old our knowledge is; or a report by keys alone. Of a call nothing else is kept.
 */
export function voiceApi(server: FastifyInstance, room: AlertsRoom, around: VoiceAround): void {
  server.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string' },
      (_request, body, done) => done(null, String(body)),
    )
    scope.post(path, hidden, async (request, reply) => {
      if (!around.token) throw notFound()
      const form = new URLSearchParams(typeof request.body === 'string' ? request.body : '')
      const url = room.origin + request.url
      if (!isTwilios(around.token, { url, form, signature: signatureOf(request) }))
        throw new Problem('alerts/voice-refused', 403, 'This request is not accepted.')
      const { searchParams } = new URL(url)
      const asked = {
        step: searchParams.get('step') ?? '',
        lang: searchParams.get('lang') ?? '',
        digits: form.get('Digits') ?? '',
        told: searchParams.get('told') ?? '',
        callId: form.get('CallSid') ?? '',
        from: form.get('From') ?? '',
      }
      return twiml(reply, await turnOf(room, around, asked))
    })
  })
}

const signatureOf = ({ headers }: FastifyRequest): string => {
  const value = headers['x-twilio-signature']
  return typeof value === 'string' ? value : ''
}

/** The languages of the city that can be spoken, each under its digit: 1 to 9, then 0. */
const spoken = ({ kernel: { city } }: AlertsRoom): string[] =>
  city.languages
    .map(({ code }) => code)
    .filter((code) => code in voices)
    .slice(0, 10)

const digitOf = (at: number): string => String((at + 1) % 10)

async function turnOf(room: AlertsRoom, around: VoiceAround, asked: Asked): Promise<Turn> {
  const { step, lang, digits } = asked
  const languages = spoken(room)
  const chosen = step === 'language' ? languages[(Number(digits) + 9) % 10] : lang
  if (step === 'language' && /^\d$/.test(digits) && chosen) return askMenu(room, chosen)
  if (languages.includes(lang)) {
    if (step === 'menu' && digits === '1') return askZip(room, lang, [])
    if (step === 'zip') return hear(room, around, lang, digits)
    if (reportSteps.has(step)) return reportTurn(room, around.takeCall, asked)
  }
  const say = languages.map((code, at) => ({
    lang: code,
    text: room.translator(code)('alerts.voice.press', { digit: digitOf(at) }),
  }))
  return { say: [], gather: { step: 'step=language', digits: 1, say } }
}

async function hear(
  room: AlertsRoom,
  around: VoiceAround,
  lang: string,
  digits: string,
): Promise<Turn> {
  const { city, db, clock } = room.kernel
  const t = room.translator(lang)
  const line = (text: string): Line => ({ lang, text })
  const area = city.areas.find(({ kind, name }) => kind === 'zip' && name === digits)
  if (!area) return askZip(room, lang, [line(t('alerts.voice.unknown'))])
  const alerts = (await currentAlerts(db, clock.now()))
    .map(({ document }) => Alert.parse(JSON.parse(document)))
    .filter(({ areas }) => areas.includes(area.id))
    .toSorted((a, b) => b.sentAt.localeCompare(a.sentAt))
    .slice(0, limits.messagesRead)
  const wording = { translator: room.translator, city }
  const zip = [...digits].join(' ')
  const said = alerts.map((alert) => {
    const { headline, text, instruction } = longWords(wording, alert, lang)
    return line([headline, text, instruction].join(' '))
  })
  if (said.length > 0) return askZip(room, lang, [line(t('alerts.voice.some', { zip })), ...said])
  const at = await around.lastCheckedAt()
  const age = at
    ? t('alerts.voice.checked', { at: moment(wording, at, lang) })
    : t('alerts.voice.never')
  return askZip(room, lang, [line(t('alerts.voice.none', { zip })), line(age)])
}

/** TwiML: what is said, then what is asked; who presses nothing is hung up on. */
function twiml(reply: FastifyReply, { say, gather }: Turn): FastifyReply {
  const response = create({ version: '1.0', encoding: 'UTF-8' }).ele('Response')
  const speak = (to: typeof response, { lang, text, pause = false }: Line): void => {
    const { language, voice } = voices[lang] ?? { language: 'en-US' }
    if (pause) to.ele('Pause', { length: 1 })
    to.ele('Say', { language, ...(voice ? { voice } : {}) }).txt(text)
  }
  for (const line of say) speak(response, line)
  if (gather) {
    const action = `${path}?${gather.step}`
    const asked = response.ele('Gather', { numDigits: gather.digits, timeout: 10, action })
    for (const line of gather.say) speak(asked, line)
  }
  response.ele('Hangup')
  return reply
    .header('cache-control', 'no-store')
    .type('text/xml; charset=utf-8')
    .send(response.end())
}
