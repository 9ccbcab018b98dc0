import type { Clock } from '../clock.ts'
import { openWith, sealWith } from '../crypto.ts'
import { sealingKeys } from './keys.ts'

/** Which row something belongs to, when it came to be, and for how many days it may be read. */
export interface SealedPlace {
  table: string
  id: string
  at: Date
  days: number
}

/**
 * Seals what may be read for some days only (security.md S3, S37): under a key of the hour it came
 * in, kept outside the database and destroyed when the days are over. A copy of the database made
 * before (a backup, a replica, a log on the disk) is then as unreadable as the row.
 */
export interface Sealing {
  /** The fields of a row, sealed to that row; null where there is nothing to keep or its days are over. */
  seal(place: SealedPlace, fields: Record<string, unknown>): Buffer | null
  /** The fields, or null: never there, past their days, or their key is gone. Throws only where the keys' folder cannot be read. */
  open<T>(place: SealedPlace, sealed: Buffer | null): T | null
  /** The same for bytes as they are: photographs. */
  sealBytes(place: SealedPlace, bytes: Buffer): Buffer | null
  openBytes(place: SealedPlace, sealed: Buffer): Buffer | null
  /** Destroys every key that is past its days; answers how many. */
  shred(now: Date): number
}

/** What a migration has taken over as it was; it leaves with its days like everything here. */
const asItWas = 0
const dayMilliseconds = 86_400_000

/** Opens the sealing of a deployment: its keys lie in `folder`, one file an hour. */
export function makeSealing(folder: string, clock: Clock): Sealing {
  const keys = sealingKeys(folder)
  const nameOf = ({ table, id }: SealedPlace): string => `${table}/${id}`
  const pastDays = ({ at, days }: SealedPlace): boolean =>
    clock.now().getTime() - at.getTime() > days * dayMilliseconds
  const sealBytes = (place: SealedPlace, bytes: Buffer): Buffer | null => {
    const key = pastDays(place) ? null : keys.make(place, clock.now())
    return key && sealWith(key, nameOf(place), bytes)
  }
  const openBytes = (place: SealedPlace, sealed: Buffer): Buffer | null => {
    if (pastDays(place)) return null
    if (sealed[0] === asItWas) return sealed.subarray(1)
    const key = keys.find(place, clock.now())
    return key && openWith(key, nameOf(place), sealed)
  }
  return {
    sealBytes,
    openBytes,
    seal(place, fields) {
      const kept: Record<string, unknown> = {}
      for (const name in fields) if (fields[name] !== null) kept[name] = fields[name]
      const text = JSON.stringify(kept)
      return text === '{}' ? null : sealBytes(place, Buffer.from(text))
    },
    open<T>(place: SealedPlace, sealed: Buffer | null) {
      const bytes = sealed && openBytes(place, sealed)
      return bytes && (JSON.parse(bytes.toString('utf8')) as T)
    },
    shred: (now) => keys.shred(now),
  }
}
