import names from './names-east.json' with { type: 'json' }
import type { Reading } from './reading.ts'
import type { Token } from './tokens.ts'

const surnames = new Set(names.chineseSurnames)
const doubleSurnames = new Set(names.chineseDoubleSurnames)
/** Characters that end a name or never stand in one: particles, verbs, counts. */
const stops = new Set(names.chineseStops)
const notNames = new Set(names.chineseNotNames)
/** Surnames that are everyday words: alone before a title they are a name, further away they are not. */
const everyday = new Set(names.chineseEveryday)

const isHan = (token: Token | undefined): token is Token => token?.script === 'han'
const run = (reading: Reading, first: number, end: number): string =>
  reading.tokens
    .slice(first, end)
    .map((token) => token.text)
    .join('')

/** One past a Chinese name that begins here; `from` where none does. `sure`: somebody said a name follows. */
export function chineseNameAfter(reading: Reading, from: number, sure: boolean): number {
  const known = reading.is('names', from)
  if (known) return known
  const first = reading.at(from)
  if (!isHan(first) || notNames.has(run(reading, from, from + 2)) || stops.has(first.text))
    return from
  const double = doubleSurnames.has(run(reading, from, from + 2))
  const surname = double ? from + 2 : from + 1
  if (!double && !surnames.has(first.text)) return sure ? foreignName(reading, from) : from
  const end = givenEnd(reading, surname, sure)
  return end > surname || double || sure ? end : from
}

function givenEnd(reading: Reading, from: number, sure: boolean): number {
  let end = from
  while (end - from < 2) {
    const token = reading.at(end)
    if (
      !isHan(token) ||
      token.spaced ||
      stops.has(token.text) ||
      (!sure && reading.is('counted', end))
    )
      break
    if (reading.is('titles', end)) break
    end++
  }
  return end
}

/** 约翰·史密斯: characters up to one that ends it. */
function foreignName(reading: Reading, from: number): number {
  let end = from
  while (end - from < 9) {
    const token = reading.at(end)
    const dot = '·•・'.includes(reading.mark(end) || ' ')
    if (!dot && (!isHan(token) || stops.has(token.text) || reading.taken(end))) break
    end++
  }
  return end - from >= 2 ? end : from
}

/** Where the name before a title begins: 王警官, 王建国警官; -1 for none. */
export function chineseNameBefore(reading: Reading, title: number): number {
  if (!isHan(reading.at(title)) || reading.at(title)?.spaced) return -1
  for (const length of [3, 2, 1]) {
    const first = title - length
    if (first < 0) continue
    const text = run(reading, first, title)
    const letters = reading.tokens.slice(first, title)
    const han = letters.every(
      (token, i) => isHan(token) && (i === 0 || !token.spaced) && !stops.has(token.text),
    )
    if (!han || !surnames.has(text[0] ?? '') || hasEveryday(text)) continue
    if (length === 1 && notNames.has(run(reading, first - 1, title))) continue
    return first
  }
  return -1
}

const hasEveryday = (text: string): boolean =>
  (text.length > 1 && everyday.has(text[0] ?? '')) ||
  [0, 1].some((at) => notNames.has(text.slice(at, at + 2)))

const koreanSurnames = new Set(names.koreanSurnames)
const koreanStops = names.koreanStops
const particles = names.koreanParticles

/** The name in a Korean word, without the particle that hangs on it. */
function bare(word: string): string {
  const particle = particles.find(
    (ending) => word.endsWith(ending) && word.length - ending.length >= 2,
  )
  return particle ? word.slice(0, word.length - particle.length) : word
}

const isStop = (word: string): boolean => koreanStops.some((stop) => word.startsWith(stop))

/** One past a Korean name that begins here; `from` where none does. */
export function koreanNameAfter(reading: Reading, from: number, sure: boolean): number {
  const token = reading.at(from)
  if (token?.script !== 'hangul' || isStop(token.text)) return from
  if (reading.is('names', from)) return reading.is('names', from)
  const name = bare(token.text)
  const shaped = koreanSurnames.has(name[0] ?? '') && name.length >= 2 && name.length <= 3
  if (shaped || (sure && name.length <= 5)) return from + 1
  const next = reading.at(from + 1)
  const apart =
    name.length === 1 &&
    koreanSurnames.has(name) &&
    !names.koreanSmallWords.includes(name) &&
    next?.script === 'hangul' &&
    next.text.length <= 4
  return apart && !isStop(next.text) ? from + 2 : from
}

/** Where the name before a Korean title begins: 김 경관, 김철수 요원; -1 for none. */
export function koreanNameBefore(reading: Reading, title: number): number {
  const token = reading.at(title - 1)
  if (reading.at(title)?.script !== 'hangul' || token?.script !== 'hangul') return -1
  const alone =
    token.text.length === 1 &&
    koreanSurnames.has(token.text) &&
    !names.koreanSmallWords.includes(token.text)
  const whole =
    token.text.length === 3 && koreanSurnames.has(token.text[0] ?? '') && !isStop(token.text)
  return alone || whole || reading.is('names', title - 1) ? title - 1 : -1
}
