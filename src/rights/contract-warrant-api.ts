// What the warrant checker takes from strangers.
import { z } from 'zod'
import { limits } from '../kernel/limits.ts'
import { audiences, mostQuestions } from './contract-warrant.ts'

const word = z.string().max(limits.warrantAnswerCharacters)

export const TreeQuery = z.strictObject({ lang: z.string().max(20).optional() })
export type TreeQuery = z.infer<typeof TreeQuery>

/** Answers by node id, or in the order of the questions. */
export const WarrantBody = z.strictObject({
  audience: z.enum(audiences).default('resident'),
  answers: z
    .union([
      z.array(word).max(mostQuestions, {
        error: `There are at most ${mostQuestions} answers.`,
      }),
      z.record(z.string().max(20), word).refine((map) => Object.keys(map).length <= mostQuestions, {
        error: `There are at most ${mostQuestions} answers.`,
      }),
    ])
    .default({}),
})
export type WarrantBody = z.infer<typeof WarrantBody>
