import { z } from 'zod'

const day = z.iso.date({ error: 'must be a day such as 2026-06-30' })

/** What every statement and card carries: where it comes from, until when it was known to hold, who reviewed it. */
export const provenance = {
  /** Keys of `sources.json`. */
  sources: z.array(z.string().min(1)).min(1).optional(),
  /** A citation of the law itself, for what is general knowledge. */
  law: z.string().min(4).optional(),
  /** The day up to which the sources were known to hold. */
  asOf: day,
  /** From this day on it is shown as old, and later not at all. */
  reviewBy: day,
  /** The lawyer who reviewed it; null says "not yet reviewed by a lawyer". */
  lawyer: z.string().min(2).nullable(),
}

/** Refuses what names neither sources nor law, and what was to be reviewed before it was written. */
export const sourced = <
  T extends z.ZodType<{ sources?: unknown; law?: unknown; asOf: string; reviewBy: string }>,
>(
  schema: T,
): T =>
  schema
    .refine(({ sources, law }) => sources !== undefined || law !== undefined, {
      error: 'has no source: add "sources" or "law"',
    })
    .refine(({ asOf, reviewBy }) => asOf < reviewBy, {
      error: 'is to be reviewed before it was written: "reviewBy" must be later than "asOf"',
    })
