import type { PublicationKind, PublicIncident } from '../incidents/index.ts'
import { announce } from '../kernel/bus.ts'
import type { OpennessRoom } from './room.ts'
import { insertPublication, setLastChecked } from './store.ts'

interface Payload {
  eventId: string
  streamId: string
  kind: PublicationKind
  snapshot: PublicIncident
}

/** Puts what two people signed off on the public record. A second run of the same job does nothing. */
export async function publishIncident({ kernel }: OpennessRoom, payload: Payload): Promise<void> {
  const { snapshot } = payload
  await kernel.db.transaction().execute(async (tx) => {
    const added = await insertPublication(tx, {
      id: payload.eventId,
      incidentId: payload.streamId,
      revision: snapshot.revision,
      kind: payload.kind,
      snapshot,
      at: new Date(snapshot.updatedAt),
      expiresAt: snapshot.expiresAt ? new Date(snapshot.expiresAt) : null,
    })
    if (added) await announce(tx, 'publications')
    // Time is nobody's check: an expiry does not make our knowledge any younger.
    if (added && payload.kind !== 'expired') await setLastChecked(tx, new Date(snapshot.updatedAt))
  })
}

/** A trained person has just checked something: the public may know when, not what. */
export const noteChecked = ({ kernel }: OpennessRoom): Promise<unknown> =>
  setLastChecked(kernel.db, kernel.clock.now())
