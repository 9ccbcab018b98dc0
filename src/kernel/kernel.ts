import type { KeyTrust } from './approvals/index.ts'
import type { City } from './city/index.ts'
import type { Clock } from './clock.ts'
import type { Secrets } from './config.ts'
import type { Db } from './db/database.ts'
import type { Emit, MakeOutbox } from './events.ts'
import type { Ids } from './ids.ts'
import type { Sealing } from './sealing/index.ts'
import type { Log } from './telemetry/log.ts'
import type { Metrics } from './telemetry/metrics.ts'

/** What every room is given: no room makes its own clock, randomness, database or city. */
export interface Kernel {
  db: Db
  clock: Clock
  ids: Ids
  emit: Emit
  outbox: MakeOutbox
  city: City
  secrets: Secrets
  sealing: Sealing
  /** Whose keys count where something is signed. */
  keyTrust: KeyTrust
  log: Log
  metrics: Metrics
}
