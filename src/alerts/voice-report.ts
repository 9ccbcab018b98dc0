import type { Clock } from '../kernel/clock.ts'
import type { AlertsRoom } from './room.ts'

export interface Line {
  lang: string
  text: string
  /** A second of silence before it. */
  pause?: boolean
}

/** What is said, and what the caller's digits are then taken for. */
export interface Turn {
  say: Line[]
  gather?: { step: string; digits: number; say: Line[] }
}

/** What a caller told by keys: no word that they spoke. */
export interface ToldByPhone {
  /** The provider's name of the call: the same call tells once. */
  callId: string
  /** Their number, by which one who tells too often is ranked last; it is never written down. */
  from: string
  activity: 'stop' | 'arrest' | 'door-knock' | 'other'
  zip: string
  stillThere: boolean
  language: string
  /** When the caller chose to tell. */
  at: Date
}

/** The steps of a report; a caller comes to them from the menu. */
export const reportSteps: ReadonlySet<string> = new Set(['menu', 'what', 'where', 'still'])

/** In the order in which the keys offer them. */
const activities = ['stop', 'arrest', 'door-knock', 'other'] as const

/** What a provider brings of one step: the address that it signed holds what was answered before. */
export interface Asked {
  step: string
  lang: string
  digits: string
  /** Answered before: minutes since 1970, the key of what was seen, the ZIP code; as far as it went. */
  told: string
  callId: string
  from: string
}

const ask = (
  { translator }: Pick<AlertsRoom, 'translator'>,
  { step, lang, told }: Pick<Asked, 'step' | 'lang' | 'told'>,
  { key, digits, before = [] }: { key: string; digits: number; before?: Line[] },
): Turn => ({
  say: before,
  gather: {
    step: `step=${step}&lang=${lang}${told ? `&told=${told}` : ''}`,
    digits,
    say: [{ lang, text: translator(lang)(`alerts.voice.${key}`) }],
  },
})

/** To hear, or to tell. */
export const askMenu = (room: AlertsRoom, lang: string): Turn =>
  ask(room, { step: 'menu', lang, told: '' }, { key: 'menu', digits: 1 })

/** Which place's alerts the caller wants to hear. */
export const askZip = (room: AlertsRoom, lang: string, before: Line[]): Turn =>
  ask(room, { step: 'zip', lang, told: '' }, { key: 'zip', digits: 5, before })

/**
 * One step of a report by keys. What was answered travels in the address that the provider calls next, and signs:
 * nothing is kept before the last key. A key that means nothing is asked for again.
 */
export async function reportTurn(
  room: AlertsRoom,
  takeCall: (told: ToldByPhone) => Promise<string | null>,
  asked: Asked,
): Promise<Turn> {
  const { step, lang, digits, told } = asked
  const t = room.translator(lang)
  const say = (key: string): Line => ({ lang, text: t(`alerts.voice.${key}`) })
  const [at = '', key = '', zip = ''] = told.split('.')
  const next = (to: string, more: string, question: string, many: number, before: Line[] = []) =>
    ask(room, { step: to, lang, told: more }, { key: question, digits: many, before })
  if (step === 'menu')
    return digits === '2'
      ? next('what', minutesOf(room.kernel.clock), 'what', 1, [say('unrecorded')])
      : askMenu(room, lang)
  if (step === 'what')
    return /^[1-4]$/.test(digits)
      ? next('where', `${at}.${digits}`, 'where', 5)
      : next('what', at, 'what', 1)
  if (step === 'where') {
    const known = room.kernel.city.areas.some(({ kind, name }) => kind === 'zip' && name === digits)
    return known
      ? next('still', `${told}.${digits}`, 'still', 1)
      : next('where', told, 'where', 5, [say('unknown')])
  }
  const activity = activities[Number(key) - 1]
  if (!activity || !/^\d{5}$/.test(zip) || !/^\d{1,9}$/.test(at)) return askMenu(room, lang)
  if (!/^[12]$/.test(digits)) return next('still', told, 'still', 1)
  const receipt = await takeCall({
    callId: asked.callId,
    from: asked.from,
    activity,
    zip,
    stillThere: digits === '1',
    language: lang,
    at: new Date(Number(at) * 60_000),
  })
  return receipt === null ? { say: [say('too-late')] } : { say: thanks(room, lang, receipt) }
}

const minutesOf = (clock: Clock): string => String(Math.floor(clock.now().getTime() / 60_000))

/** The receipt, digit by digit and twice: somebody writes it down by the light of a street lamp. */
function thanks(room: AlertsRoom, lang: string, receipt: string): Line[] {
  const t = room.translator(lang)
  const groups = (receipt.match(/\d{4}/g) ?? []).map((four) => ({
    lang,
    text: `${[...four].join(', ')}.`,
    pause: true,
  }))
  const again = { lang, text: t('alerts.voice.once-more'), pause: true }
  return [
    { lang, text: t('alerts.voice.taken') },
    ...groups,
    again,
    ...groups,
    { lang, text: t('alerts.voice.after'), pause: true },
  ]
}
