import type { Activity, NewReport } from '../contract.ts'
import type { ReadMessage } from './read-message.ts'

/** What we keep of a dialogue while it goes on, sealed, for half an hour at most. */
export interface Dialogue {
  lang: string
  step: 'what' | 'where' | 'when' | 'send'
  activity: Activity | null
  place: FoundPlace | null
  minutesAgo: number | null
  stillThere: boolean | null
  /** Everything was said in one message: it is sent without asking again. */
  quick: boolean
  /** The messages in the sender's own words. */
  said: string[]
  /** When the first of them came (ISO 8601): what "now" meant. */
  startedAt: string
}

/** A place as words, and as the city's own entry where it is sure. */
export interface FoundPlace {
  words: string
  placeId: string | null
  label: string | null
}

/** A sentence of the catalogue (`reports.sms.KEY`) and its values. */
export interface Said {
  key: string
  values?: Record<string, string>
}

export interface Turn {
  /** Null when the dialogue is over, or none began. */
  dialogue: Dialogue | null
  say: Said[]
  report: NewReport | null
}

export interface Around {
  lang: string
  now: Date
  findPlace(words: string, lang: string): FoundPlace
}

/** The activities in the order in which "what" offers them as numbers. */
export const choices: readonly Activity[] = [
  ...([
    'arrest',
    'raid',
    'stop',
    'checkpoint',
    'stakeout',
    'door-knock',
    'patrol',
    'other',
  ] as const),
]

/** Messages one report is made of, at most. */
const mostSaid = 12

/** One message taken into a dialogue: what to say, what to keep, and the report once it is whole. Pure. */
export function takeTurn(before: Dialogue | null, message: ReadMessage, around: Around): Turn {
  if (message.command === 'stop') return { dialogue: null, say: [{ key: 'stopped' }], report: null }
  if (message.command === 'help') return { dialogue: before, say: [{ key: 'help' }], report: null }
  if (message.command === 'again') return ask({ ...begun(around), step: 'what' })
  if (!before) return firstTurn(message, around)
  if (before.step === 'send') return lastTurn(before, message, around)
  const after = { ...before, said: [...before.said, message.text].slice(0, mostSaid) }
  return next(answered(after, message, around), before.step)
}

const begun = ({ lang, now }: Around): Dialogue => ({
  lang,
  step: 'what',
  activity: null,
  place: null,
  minutesAgo: null,
  stillThere: null,
  quick: false,
  said: [],
  startedAt: now.toISOString(),
})

/** One message may say it all: "ICE 3 men van roosevelt and 82 now". */
function firstTurn(message: ReadMessage, around: Around): Turn {
  const spoken = message.activity !== null || message.ofAgents
  const place = message.where === '' ? null : around.findPlace(message.where, around.lang)
  const sure = place?.placeId ? place : null
  if (!spoken && !sure) return ask(begun(around))
  const dialogue: Dialogue = {
    ...begun(around),
    activity: message.activity ?? (sure && spoken ? 'other' : null),
    place: sure,
    minutesAgo: message.minutesAgo,
    stillThere: message.stillThere,
    quick: spoken && sure !== null,
    said: [message.text],
  }
  return next(dialogue, null)
}

/** Puts what was answered where it was asked for. */
function answered(dialogue: Dialogue, message: ReadMessage, around: Around): Dialogue {
  const { step } = dialogue
  if (step === 'what') return { ...dialogue, ...whatOf(message) }
  if (step === 'where') {
    const words = message.text.trim().slice(0, 200)
    const found = around.findPlace(message.where || words, dialogue.lang)
    return { ...dialogue, place: found.placeId ? found : { ...found, words } }
  }
  return { ...dialogue, ...whenOf(message) }
}

function whatOf({ number, activity, text }: ReadMessage): Pick<Dialogue, 'activity'> {
  const chosen = number === null ? activity : (choices[number - 1] ?? null)
  // Words that we cannot read are somebody's account all the same.
  return { activity: chosen ?? (number === null && text.trim().length > 3 ? 'other' : null) }
}

function whenOf(message: ReadMessage): Pick<Dialogue, 'stillThere' | 'minutesAgo'> {
  const { answer, number, stillThere, minutesAgo } = message
  if (answer === 'yes' || number === 1) return { stillThere: true, minutesAgo: 0 }
  if (answer === 'no' || number === 2) return { stillThere: false, minutesAgo: minutesAgo ?? 0 }
  // Who was asked and answered otherwise is not asked a second time.
  return { stillThere, minutesAgo: minutesAgo ?? 0 }
}

/** Asks for what is missing, or sends what is whole. `asked` is what was asked last. */
function next(dialogue: Dialogue, asked: Dialogue['step'] | null): Turn {
  const step = missing(dialogue)
  if (step === 'send' && dialogue.quick) return sent(dialogue)
  const turn = ask({ ...dialogue, step })
  if (asked === step) turn.say.unshift({ key: 'not-understood' })
  return turn
}

function missing({ activity, place, minutesAgo, stillThere }: Dialogue): Dialogue['step'] {
  if (activity === null) return 'what'
  if (place === null) return 'where'
  return minutesAgo === null && stillThere === null ? 'when' : 'send'
}

function ask(dialogue: Dialogue): Turn {
  const { step, place, activity } = dialogue
  const say: Said =
    step === 'send'
      ? { key: 'confirm', values: { what: activity ?? 'other', place: labelOf(place) } }
      : { key: `ask-${step}` }
  return { dialogue, say: [say], report: null }
}

const labelOf = (place: FoundPlace | null): string => place?.label ?? place?.words ?? ''

function lastTurn(dialogue: Dialogue, message: ReadMessage, around: Around): Turn {
  const { answer, number } = message
  if (answer === 'yes' || answer === 'send' || number === 1) return sent(dialogue)
  if (answer === 'no' || number === 2) return ask(begun({ ...around, lang: dialogue.lang }))
  // Something more to say is said, and the question stays.
  return ask({ ...dialogue, said: [...dialogue.said, message.text].slice(0, mostSaid) })
}

function sent(dialogue: Dialogue): Turn {
  const { activity, place, minutesAgo, stillThere, said, startedAt, lang } = dialogue
  const at = new Date(new Date(startedAt).getTime() - (minutesAgo ?? 0) * 60_000)
  const report: NewReport = {
    activity: activity ?? 'other',
    place: place?.placeId ? { placeId: place.placeId } : { text: place?.words || '?' },
    observedAt: at.toISOString(),
    firstHand: true,
    placeKind: 'street',
    description: said.join('\n').slice(0, 4000),
    language: lang,
    ...(stillThere === null ? {} : { stillThere }),
  }
  const values = { what: report.activity, place: labelOf(place) }
  return { dialogue: null, say: [{ key: 'receipt', values }], report }
}
