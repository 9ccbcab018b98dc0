import { type HeldKind, markerOf } from '../contract-held-back.ts'
import { findAddresses } from './find-addresses.ts'
import { findMailAndHandles } from './find-mail.ts'
import { findNames } from './find-names.ts'
import { findPhones } from './find-phones.ts'
import { findCuedNumbers, findPlates } from './find-plates.ts'
import { Reading, type Span } from './reading.ts'
import { explainTimes } from './times.ts'

/** What was taken out of a text: its kind, its words, and where its marker begins in what is left. */
export interface Held {
  kind: HeldKind
  text: string
  at: number
}

export interface Screened {
  text: string
  held: Held[]
}

/** A stretch of the original (UTF-16) that identifies somebody. */
export interface Found {
  kind: HeldKind
  start: number
  end: number
}

/**
 * What in a text identifies a person (mission.md "what it never does" 2; security.md S23), in the
 * order it stands there, without overlaps. Pure; looks at each token a bounded number of times.
 * `place`: the text says where it was, so of an address only house number and unit are found.
 */
export function identifiersIn(
  text: string,
  { place = false } = {},
): { found: Found[]; steps: number } {
  const reading = new Reading(text)
  explainTimes(reading)
  findMailAndHandles(reading)
  findAddresses(reading)
  findCuedNumbers(reading)
  findPhones(reading)
  findPlates(reading)
  findNames(reading)
  const found = reading.spans
    .flatMap((span) => (place ? withoutStreet(span) : [span]))
    .map(({ kind, first, end }) => ({
      kind,
      start: reading.tokens[first]?.start ?? 0,
      end: reading.tokens[end - 1]?.end ?? 0,
    }))
    .sort((a, b) => a.start - b.start || b.end - a.end)
  return { found: merged(found), steps: reading.steps }
}

function withoutStreet({ kind, first, end, kept = [] }: Span): Span[] {
  const parts: Span[] = []
  let from = first
  for (const part of [...kept, { first: end, end }]) {
    if (part.first > from) parts.push({ kind, first: from, end: part.first })
    from = part.end
  }
  return parts
}

function merged(found: readonly Found[]): Found[] {
  const out: Found[] = []
  for (const one of found) {
    const last = out.at(-1)
    if (last && one.start < last.end) last.end = Math.max(last.end, one.end)
    else out.push({ ...one })
  }
  return out
}

/** The text with a marker in place of each identifier, and the identifiers apart. */
export function screen(text: string, options: { place?: boolean } = {}): Screened {
  const held: Held[] = []
  let out = ''
  let from = 0
  for (const { kind, start, end } of identifiersIn(text, options).found) {
    out += text.slice(from, start)
    held.push({ kind, text: text.slice(start, end), at: out.length })
    out += markerOf(kind)
    from = end
  }
  return { text: out + text.slice(from), held }
}

/** The text as it came: what `screen` took apart, put together again. */
export function restored({ text, held }: Screened): string {
  let out = ''
  let from = 0
  for (const { kind, text: words, at } of held) {
    out += text.slice(from, at) + words
    from = at + markerOf(kind).length
  }
  return out + text.slice(from)
}
