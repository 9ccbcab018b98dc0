// The shape of cities/<city>/guides/warrant/tree.json.
import { z } from 'zod'
import { provenance, sourced } from './contract-provenance.ts'
import { flagNames, verdicts } from './contract-warrant.ts'

const key = z
  .string()
  .regex(/^[A-Za-z0-9-]{1,30}$/, { error: 'must be letters, digits and hyphens' })
const lines = z.array(key)
const flag = z.enum(flagNames)

const option = z.strictObject({
  id: key,
  to: key,
  text: key.optional(),
  also: z.array(z.string().min(1).max(60)).optional(),
  show: key.optional(),
  flag: flag.optional(),
  unknown: z.boolean().optional(),
  sample: z.string().min(1).max(80).optional(),
})
const node = z.strictObject({
  text: key.optional(),
  hint: z.boolean().optional(),
  options: z.array(option).min(2).max(20),
  enough: key.optional(),
})
const card = sourced(
  z.strictObject({
    verdict: z.enum(verdicts),
    urgent: z.boolean().optional(),
    sure: z.boolean().optional(),
    paper: z.string().optional(),
    say: lines,
    do: lines.min(1),
    dont: lines.min(1),
    sayStaff: lines.optional(),
    doStaff: lines.optional(),
    dontStaff: lines.optional(),
    contacts: lines.optional(),
    facts: z.array(z.string().min(1)).min(1, { error: 'needs the fact it rests on' }),
    ...provenance,
  }),
)

/** The whole file. */
export const WarrantTreeFile = z.strictObject({
  start: key,
  contacts: lines.min(1),
  always: z.strictObject({ do: lines, dont: lines, doStaff: lines, dontStaff: lines }),
  onlyIfTrue: lines,
  leftOut: z.partialRecord(flag, lines),
  nodes: z.record(key, node),
  cards: z.record(key, card),
})
