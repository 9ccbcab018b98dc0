import { z } from 'zod'
import { limits } from '../kernel/limits.ts'
import { alphabet } from './contract-feed.ts'

/** A drill's number: the mark, and a code as incidents have. */
export const DrillId = z.string().regex(new RegExp(`^DRILL-[${alphabet}]{4}-[${alphabet}]{4}$`), {
  error: 'the number of a drill, as DRILL-7K3D-9QPT',
})

/** What somebody asks to be drilled: a place or an area of the city, by its id in the place search. */
export const NewDrill = z.strictObject({
  /** Given beforehand by whoever approves by passkey, so that the approval is of this drill and no other. */
  id: DrillId.optional(),
  place: z.string().max(200),
  minutes: z.int().min(5).max(limits.drillMinutes).default(30),
})
export type NewDrill = z.infer<typeof NewDrill>

/** What a passkey is asked to approve. */
export const DrillToApprove = NewDrill.pick({ place: true }).extend({ id: DrillId })
