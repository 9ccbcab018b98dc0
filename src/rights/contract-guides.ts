import { z } from 'zod'
import { provenance, sourced } from './contract-provenance.ts'

/** What a statement is for. `first` is what matters most; `say` is said aloud, in English. */
export const parts = ['first', 'say', 'do', 'dont', 'know', 'after'] as const
/** Whom a guide is for. */
export const audiences = [
  'resident',
  'worker',
  'driver',
  'parent',
  'student',
  'observer',
  'staff',
] as const

const name = z
  .string()
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, { error: 'must be small letters, digits and hyphens' })
  .max(40)

/**
 * One statement of a guide, without its words: they stand in `en.json` beside it, under the same key.
 * Every statement says where it comes from: `sources` are keys of `sources.json`, `law` is a citation
 * of the law itself for what is general knowledge; one of the two must be there.
 */
export const statementSchema = sourced(
  z.strictObject({
    key: name,
    /** Its words stand in `common/`, because several guides say the same. */
    shared: z.literal(true).optional(),
    part: z.enum(parts),
    /** The section of the fact base that it restates. */
    fact: z.string().regex(/^\d+(?:\.\d+)?$/, { error: 'must be a section such as 1.1' }),
    /** Where it holds: `us`, `us-ny`, a city. */
    jurisdiction: name,
    ...provenance,
  }),
)

/** A guide: what to know and do in one situation. */
export const guideSchema = z.strictObject({
  situation: name,
  order: z.number().int().min(1).max(1000),
  audiences: z.array(z.enum(audiences)).min(1),
  statements: z.array(statementSchema).min(1).max(60),
})

/** Where a fact was seen. `kind` says how much weight it bears. */
export const sourcesSchema = z.record(
  z.string().min(1),
  z.strictObject({
    address: z.string().min(3).max(400),
    kind: z.enum(['official', 'news', 'advocacy', 'law-firm', 'aggregator', 'other']),
  }),
)

export type Guide = z.infer<typeof guideSchema>
export type Statement = z.infer<typeof statementSchema>
export type Sources = z.infer<typeof sourcesSchema>
export type Audience = (typeof audiences)[number]
export type Part = (typeof parts)[number]
