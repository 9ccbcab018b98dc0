import type { HeldKind } from '../contract-held-back.ts'
import type { ReportWords } from '../sealed-words.ts'
import { restored, type Screened, screen } from './screen.ts'

/** One stretch of somebody's words that is held back from everyone but the evidence side. */
export interface HeldBack {
  /** The field it was taken out of, and where its marker begins there. */
  field: string
  at: number
  kind: HeldKind
  text: string
}

/** Free text of a report. How to reach the reporter is theirs to give: it is not screened. */
const fields = ['place_text', 'size', 'unit', 'uniform', 'equipment', 'description'] as const

/**
 * The words of a report as everyone at the desk may read them, and apart what was held back
 * (security.md S23): it rests in the same sealed column and leaves with it. Pure; puts in the words of
 * the place a marker for house number and flat only, so that a person can still place it.
 */
export function heldBackOf<T extends ReportWords>(row: T): T {
  const screened: Partial<ReportWords> = {}
  const held: HeldBack[] = []
  for (const field of fields) {
    const text = row[field]
    if (text === null) continue
    const result = screen(text, { place: field === 'place_text' })
    screened[field] = result.text
    held.push(...of(field, result))
  }
  return { ...row, ...screened, held_back: held.length > 0 ? held : null }
}

/** The same for what somebody adds to a report. */
export function additionHeldBack(text: string | null): {
  text: string | null
  held_back: HeldBack[] | null
} {
  if (text === null) return { text, held_back: null }
  const result = screen(text)
  return { text: result.text, held_back: result.held.length > 0 ? of('text', result) : null }
}

const of = (field: string, { held }: Screened): HeldBack[] => held.map((one) => ({ field, ...one }))

/** A field as it came: nothing of a report is lost by screening. */
export const wordsAsTheyCame = (
  field: string,
  text: string,
  held: readonly HeldBack[] | null,
): string => restored({ text, held: (held ?? []).filter((one) => one.field === field) })
