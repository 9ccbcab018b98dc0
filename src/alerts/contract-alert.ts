import { z } from 'zod'

/** What an alert says of an incident; corrections and all-clears are alerts too (mission.md). */
export const alertKinds = ['confirmed', 'update', 'all-clear', 'correction'] as const
export type AlertKind = (typeof alertKinds)[number]

/**
 * What is signed, and what a phone shows after it has checked the signature: facts in no language.
 * The phone says them in its person's own words, so that no sentence has to be trusted.
 */
export const Alert = z.strictObject({
  v: z.literal(1),
  /** The deployment it is of; drills have another. */
  origin: z.string().max(200),
  /** The incident's number, as `/check` takes it. */
  id: z.string().max(20),
  /** Of two words on one incident the higher holds, whichever comes first. */
  revision: z.int().positive(),
  kind: z.enum(alertKinds),
  activity: z.string().max(20),
  precision: z.enum(['corner', 'wide', 'neighbourhood']),
  place: z.string().max(160),
  areas: z.array(z.string().max(60)).max(12),
  /** H3 cells that hold the place, no finer than may be shown. */
  cells: z.array(z.string().max(16)).max(16),
  /** When it was seen, to five minutes. */
  seenAt: z.iso.datetime().nullable(),
  sentAt: z.iso.datetime(),
  /** After this it is shown nowhere. */
  expiresAt: z.iso.datetime(),
  /** Of a correction: what was said, and what is so. */
  correction: z.strictObject({ was: z.string().max(20), now: z.string().max(20) }).nullable(),
  drill: z.boolean(),
})
export type Alert = z.infer<typeof Alert>

/** An alert as it leaves the house. */
export interface SignedAlert {
  alert: Alert
  /** Names the public key (`/.well-known/porchlight-alert-keys.json`). */
  keyId: string
  /** Ed25519 (RFC 8032) over `alertText`, base64url. */
  signature: string
}

export { alertPrefix, drillMark, drillOrigin, feedPrefix } from './contract-prefix.ts'
