import { randomBytes } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'

const hourMilliseconds = 3_600_000
const dayMilliseconds = 24 * hourMilliseconds

/** The hour a thing belongs to and how many days it may be read: what a key is for. */
export interface KeyPeriod {
  at: Date
  days: number
}

const hourOf = ({ at }: KeyPeriod): number => Math.floor(at.getTime() / hourMilliseconds)

/** When the last thing under a period's key is past its days, and the key must be gone. */
const endOf = (hour: number, days: number): number =>
  (hour + 1) * hourMilliseconds + days * dayMilliseconds

/** A key's file: `3-2026-11-24T13`, the days it is kept and the hour (UTC) it seals. */
const nameOf = (period: KeyPeriod): string =>
  `${period.days}-${new Date(hourOf(period) * hourMilliseconds).toISOString().slice(0, 13)}`

function periodOf(name: string): { hour: number; days: number } | null {
  const match = /^(\d{1,4})-(\d{4}-\d\d-\d\dT\d\d)$/.exec(name)
  if (!match) return null
  const at = new Date(`${match[2]}:00:00Z`)
  return { hour: hourOf({ at, days: 0 }), days: Number(match[1]) }
}

/** Keys by the hour, in files of their own: never in the database, never in a backup of it. */
export interface SealingKeys {
  /** The key of a period, made if it is not there; null once the period's time is over. */
  make(period: KeyPeriod, now: Date): Buffer | null
  /** The key of a period if there is one. */
  find(period: KeyPeriod, now: Date): Buffer | null
  /** Destroys every key whose time is over; answers how many. Safe to run again after a crash. */
  shred(now: Date): number
}

/** Opens the folder of keys (mode 700), making it on the first start. */
export function sealingKeys(folder: string): SealingKeys {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const known = new Map<string, Buffer>()
  const over = (period: KeyPeriod, now: Date): boolean =>
    endOf(hourOf(period), period.days) <= now.getTime()
  /** What another process has shredded must not live on in our memory. */
  const forget = (now: Date): void => {
    for (const [name, key] of known) {
      const period = periodOf(name)
      if (period && endOf(period.hour, period.days) > now.getTime()) continue
      key.fill(0)
      known.delete(name)
    }
  }
  const keyOf = (period: KeyPeriod, now: Date, make: boolean): Buffer | null => {
    if (over(period, now)) return null
    const name = nameOf(period)
    const held = known.get(name)
    if (held) return held
    forget(now)
    const key = readKey(folder, name) ?? (make ? makeKey(folder, name) : null)
    if (key) known.set(name, key)
    return key
  }
  return {
    make: (period, now) => keyOf(period, now, true),
    find: (period, now) => keyOf(period, now, false),
    shred(now) {
      forget(now)
      const past = readdirSync(folder).filter((name) => isPast(folder, name, now))
      for (const name of past) destroy(join(folder, name))
      if (past.length > 0) syncFolder(folder)
      return past.length
    },
  }
}

/** A key past its time; or what a process that was killed while making one left behind. */
function isPast(folder: string, name: string, now: Date): boolean {
  const period = periodOf(name)
  if (period) return endOf(period.hour, period.days) <= now.getTime()
  return name.endsWith('.new') && Date.now() - statSync(join(folder, name)).mtimeMs > 60_000
}

function readKey(folder: string, name: string): Buffer | null {
  const path = join(folder, name)
  return existsSync(path) ? Buffer.from(readFileSync(path, 'utf8').trim(), 'hex') : null
}

/**
 * Makes a key and has it on the disk before anything is sealed under it: what was accepted must be
 * readable after a power cut. Of two processes that make it at once the first one's is the key.
 */
function makeKey(folder: string, name: string): Buffer | null {
  const fresh = join(folder, `${name}.${randomBytes(8).toString('hex')}.new`)
  const file = openSync(fresh, 'wx', 0o600)
  writeSync(file, randomBytes(32).toString('hex'))
  fsyncSync(file)
  closeSync(file)
  try {
    linkSync(fresh, join(folder, name))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  rmSync(fresh)
  syncFolder(folder)
  return readKey(folder, name)
}

/** Written over before it is removed: a journal may keep a file's name, rarely its blocks. */
function destroy(path: string): void {
  const file = openSync(path, 'r+')
  writeSync(file, randomBytes(64))
  fsyncSync(file)
  closeSync(file)
  rmSync(path)
}

function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r')
  fsyncSync(handle)
  closeSync(handle)
}
