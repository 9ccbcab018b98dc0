import { z } from 'zod'

/** How far a reviewer says that words have come: read by a native speaker, or by a lawyer too. */
export const reviews = ['native-reviewed', 'lawyer-reviewed'] as const

const name = z
  .string()
  .regex(/^[a-z0-9-]{1,40}\.[a-z0-9-]{1,40}$/, { error: 'must be a guide and a key: car.title' })

/** What a reviewer approves: words made from exactly this English. */
export const ApproveBody = z.strictObject({
  lang: z.string().min(2).max(20),
  name,
  words: z.string().min(1).max(2000),
  /** The hash of the English that the reviewer read: a change under way is refused. */
  of: z.string().regex(/^[0-9a-f]{8}$/, { error: 'must be the "of" of the list' }),
  review: z.enum(reviews),
  remark: z.string().max(1000).optional(),
})
export type ApproveBody = z.infer<typeof ApproveBody>
