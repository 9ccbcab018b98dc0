import { z } from 'zod'
import { limits } from '../kernel/limits.ts'
import { notStorable, storable } from '../kernel/text.ts'

export const channels = ['webpush', 'sms', 'email', 'webhook'] as const
export type Channel = (typeof channels)[number]

/**
 * What somebody wants to hear. All-clears and corrections always come with what they are about. Drills
 * are for whoever tries the system out; nobody gets one who has not asked.
 */
export const wants = ['alerts', 'drills'] as const
export type Want = (typeof wants)[number]
/**
 * As bits in the database and in memory; `wake` says that quiet hours are not for confirmed alerts. 2 was
 * for guidance, which nothing ever sent: no new meaning may be given to it.
 */
export const wantBits = { alerts: 1, wake: 4, drills: 8 } as const

const time = z.string().regex(/^([01]\d|2[0-3]):(00|15|30|45)$/, {
  error: 'a time of the day in quarter hours, as 22:30',
})
const text = (most: number) => z.string().max(most).refine(storable, { error: notStorable })
const base64url = z.string().regex(/^[A-Za-z0-9_-]+$/)

const cells = z
  .array(z.string().regex(/^[0-9a-f]{15}$/, { error: 'an H3 cell, fifteen hexadecimal digits' }))
  .min(1)
  .max(limits.cellsAtOnce)
/** Cells somebody thinks about, and what would be stored of them. */
export const SomeCells = z.strictObject({ cells })

/** A new subscription. Places come as cells: a point or an address is refused by name. */
export const NewSubscription = z.strictObject({
  channel: z.enum(channels),
  language: z.string().max(20),
  cells,
  wants: z
    .array(
      z.enum(wants, {
        error: 'alerts or drills; guidance was taken out, since nothing is sent for it',
      }),
    )
    .min(1)
    .max(wants.length)
    .default(['alerts']),
  /** When not to be woken, in the city's time; `wake` lets confirmed alerts through. */
  quiet: z.strictObject({ from: time, to: time, wake: z.boolean().default(false) }).nullish(),
  webpush: z
    .strictObject({
      endpoint: z.string().max(limits.pushEndpointBytes * 10),
      keys: z.strictObject({ p256dh: base64url.max(200), auth: base64url.max(100) }),
    })
    .optional(),
  phone: text(60).optional(),
  email: text(254).optional(),
  webhook: z.strictObject({ url: z.string().max(limits.pushEndpointBytes * 10) }).optional(),
})
export type NewSubscription = z.infer<typeof NewSubscription>

/** What we keep of a subscription, shown to whoever makes it: nothing else is kept. */
export interface StoredSubscription {
  cells: string[]
  channel: Channel
  language: string
  wants: Want[]
  quiet: { from: string; to: string; wake: boolean } | null
}

/**
 * Where a message goes, as it rests sealed. By text and e-mail the message itself brings the
 * capability that ends it: nobody else is ever given that.
 */
export type Endpoint =
  | { channel: 'webpush'; endpoint: string; p256dh: string; auth: string }
  | { channel: 'sms'; number: string; capability: string }
  | { channel: 'email'; address: string; capability: string; confirm: string }
  | { channel: 'webhook'; url: string; secret: string }

/** Every refusal of this room: HTTP status, and a sentence that says what to do next. */
export const problems = {
  'alerts/not-a-cell': [422, 'One of the cells is no H3 cell of resolution 5 to 9.'],
  'alerts/outside-the-city': [422, 'Nobody lives near there. Choose a place in the city.'],
  'alerts/too-wide': [
    422,
    'This covers most of the city. Choose fewer places, or take the feed of the whole city: it tells nobody where you are.',
  ],
  'alerts/no-such-language': [422, 'This city does not write in that language.'],
  'alerts/endpoint-missing': [
    422,
    'The channel needs its own field: webpush, phone, email or webhook.',
  ],
  'alerts/endpoint-refused': [
    422,
    'This address cannot be sent to. It must be https, on the public internet.',
  ],
  'alerts/number-refused': [
    422,
    'This is no telephone number. Write it as you would dial it, with its country if it is not here.',
  ],
  'alerts/channel-off': [409, 'This city does not send by this channel.'],
  'alerts/no-such-place': [422, 'The city knows no such place or area. Choose one from the list.'],
  'alerts/drill-known': [
    409,
    'A drill of this number has been held. Leave the number out, or take another.',
  ],
  'alerts/drills-spent': [429, 'Enough drills have been held today. Hold the next one tomorrow.'],
  'alerts/drill-over': [409, 'This drill is over already.'],
  'alerts/not-signed': [
    409,
    'The signer refused this. Look at the clock, and whether your key is trusted.',
  ],
  'alerts/signer-away': [503, 'The signer of alerts does not answer. Try again in a minute.'],
  'alerts/halted': [409, 'All sending is halted.'],
} as const satisfies Record<string, readonly [status: number, detail: string]>
export type AlertsProblem = keyof typeof problems
