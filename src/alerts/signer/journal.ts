import { appendFileSync, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { SignedAlert } from '../contract-alert.ts'

/** What the signer has signed, in a file of its own: the newest word on each incident. */
export interface Journal {
  last(id: string): SignedAlert | undefined
  /** Newest words that are shown at this moment. */
  live(now: Date): SignedAlert[]
  add(signed: SignedAlert): void
  halted(): boolean
  setHalted(halted: boolean): void
}

type Line = SignedAlert | { halted: boolean }

/** Opens the journal of a folder, of alerts or of drills; what other processes append is read before every answer. */
export function openJournal(folder: string, name: 'signed' | 'drilled' = 'signed'): Journal {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, `${name}.jsonl`)
  let size = 0
  let halted = false
  const last = new Map<string, SignedAlert>()
  const read = (): void => {
    const now = existsSync(path) ? statSync(path).size : 0
    if (now === size) return
    for (const text of readFileSync(path).subarray(size).toString('utf8').split('\n')) {
      if (!text) continue
      const line = JSON.parse(text) as Line
      if ('halted' in line) halted = line.halted
      else keep(last, line)
    }
    size = now
  }
  const append = (line: Line): void => {
    appendFileSync(path, `${JSON.stringify(line)}\n`, { mode: 0o600, flag: 'as' })
    read()
  }
  return {
    last(id) {
      read()
      return last.get(id)
    },
    live(now) {
      read()
      return [...last.values()].filter((signed) => isLive(signed, now))
    },
    add: append,
    halted() {
      read()
      return halted
    },
    setHalted: (to) => append({ halted: to }),
  }
}

function keep(last: Map<string, SignedAlert>, signed: SignedAlert): void {
  const before = last.get(signed.alert.id)
  if (!before || before.alert.revision < signed.alert.revision) last.set(signed.alert.id, signed)
}

const isLive = ({ alert }: SignedAlert, now: Date): boolean =>
  Date.parse(alert.expiresAt) > now.getTime()
