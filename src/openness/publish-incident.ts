import type { PublicationKind, PublicIncident } from '../incidents/index.ts'
import { announce } from '../kernel/bus.ts'
import type { OpennessRoom } from './room.ts'
import { insertPublication, insertSignedAlert, setLastChecked } from './store.ts'

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

interface Issued {
  streamId: string
  alert: { revision: number; expiresAt: string }
  document: string
  signature: string
  keyId: string
}

/** Puts a signed alert on the public stream, in the same numbers. A second run does nothing. */
export async function tellOfAlert({ kernel }: OpennessRoom, issued: Issued): Promise<void> {
  await kernel.db.transaction().execute(async (tx) => {
    const added = await insertSignedAlert(tx, {
      incident_id: issued.streamId,
      revision: issued.alert.revision,
      document: issued.document,
      signature: issued.signature,
      key_id: issued.keyId,
      at: kernel.clock.now(),
      expires_at: new Date(issued.alert.expiresAt),
    })
    if (added) await announce(tx, 'publications')
  })
}

/** A trained person has just checked something: the public may know when, not what. */
export const noteChecked = ({ kernel }: OpennessRoom): Promise<unknown> =>
  setLastChecked(kernel.db, kernel.clock.now())
