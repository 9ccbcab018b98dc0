import { fold } from './fold.ts'
import words from './names-west.json' with { type: 'json' }
import type { Reading } from './reading.ts'
import type { Token } from './tokens.ts'

const folded = (list: string): string[] =>
  list.split(' ').map((word) =>
    fold(word)
      .map(({ as }) => as.letter)
      .join(''),
  )
const nameEndings = folded(words.nameEndings)
const verbEndings = folded(words.verbEndings)
const particles = new Set(folded(words.particles))
/** Small words; the same letters of other languages are names when they have a capital: "Li". */
const shortStops = new Set(folded(words.shortStops))

/** How sure it is that a name follows: somebody said so, a title stands before, or only a plural of one. */
export type Sure = 'cue' | 'title' | 'group'

/** One past a name in an alphabet that begins here; `from` where none does. */
export function nameAfter(reading: Reading, from: number, sure: Sure): number {
  if (!isFirst(reading, from, sure)) return from
  let end = Math.max(reading.is('names', from), from + 1)
  for (let words = 0; words < 4; words++) {
    const next = oneMore(reading, end)
    if (!next) break
    end = next
  }
  return end
}

/** Whether a word that is no name as such is written as one: its capital says so. */
const isCapital = (reading: Reading, { upper, caps, text }: Token): boolean =>
  // An agency is no name: ICE, FBI.
  upper && !reading.shouted && text.length > 1 && !(caps && text.length <= 4)

function isKnown(reading: Reading, at: number): boolean {
  const token = reading.at(at)
  const sure = token?.upper || token?.script === 'uncased' || (token?.text.length ?? 0) > 3
  return reading.is('names', at) > 0 && sure
}

function isFirst(reading: Reading, at: number, sure: Sure): boolean {
  const token = reading.at(at)
  if (token?.type !== 'word' || reading.taken(at)) return false
  if (isKnown(reading, at) || isInitial(reading, at)) return true
  if (isStop(reading, at) || isOther(reading, at)) return false
  if (token.script === 'uncased') return sure !== 'group' && !isVerb(token.text)
  if (soundsLikeName(token.text)) return true
  if (sure === 'cue') return token.text.length > 1
  return sure === 'title' && isCapital(reading, token)
}

/** J. Smith, O'Hanlon. */
const isInitial = (reading: Reading, at: number): boolean =>
  reading.single(at) &&
  reading.at(at)?.upper === true &&
  reading.markIn(".'", at + 1) &&
  reading.at(at + 2)?.type === 'word'

const isOther = (reading: Reading, at: number): boolean =>
  (['titles', 'groups', 'plateCues', 'badgeCues'] as const).some((list) => reading.is(list, at))

/** Words that follow a title and are no name. */
export function isStop(reading: Reading, at: number): boolean {
  const token = reading.at(at)
  const street = reading.is('streetBefore', at) || reading.is('streetAfter', at)
  if (street && !token?.upper) return true
  if (token?.upper && token.text.length === 2 && !reading.shouted) return shortStops.has(token.text)
  return reading.is('nameStops', at) > 0 || reading.is('counted', at) > 0
}

/** Bengali verbs and plurals, Arabic adjectives, words that Urdu and Arabic begin alike in no name. */
const isVerb = (text: string): boolean =>
  verbEndings.some((ending) => text.endsWith(ending)) ||
  text.startsWith('ال') ||
  text.startsWith('ی')

const soundsLikeName = (text: string): boolean =>
  text.length > 5 && nameEndings.some((ending) => text.endsWith(ending))

/** One past a further word of the same name: "J. Smith", "García López", "Al-Hassan"; or 0. */
function oneMore(reading: Reading, end: number): number {
  if (reading.markIn("-'.", end)) return isJoint(reading, end) ? end + 2 : 0
  const token = reading.at(end)
  if (token?.type !== 'word' || reading.taken(end)) return 0
  if (isKnown(reading, end)) return reading.is('names', end)
  if (isOther(reading, end)) return 0
  if (particles.has(token.text) && reading.at(end + 1)?.upper && !reading.shouted) return end + 1
  if (reading.is('nameStops', end) || reading.is('streetBefore', end)) return 0
  const sounds = token.script === 'uncased' ? isOrigin(token.text) : soundsLikeName(token.text)
  return sounds || isCapital(reading, token) ? end + 1 : 0
}

/** "الحسيني": names of origin. */
const isOrigin = (text: string): boolean => text.startsWith('ال') && text.endsWith('ی')

function isJoint(reading: Reading, at: number): boolean {
  if (reading.at(at + 1)?.type !== 'word' || reading.taken(at + 1)) return false
  // A full stop joins after an initial only; "'s" says whose.
  if (reading.mark(at) === '.') return reading.single(at - 1)
  if (reading.mark(at) === "'" && reading.text(at + 1) === 's') return false
  return reading.attached(at + 1)
}
