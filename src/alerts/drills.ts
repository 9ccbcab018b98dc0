import { sql } from 'kysely'
import type { Statement } from '../kernel/approvals/index.ts'
import { announce } from '../kernel/bus.ts'
import { areaPlace } from '../kernel/city/index.ts'
import type { Tx } from '../kernel/db/database.ts'
import type { Actor } from '../kernel/http/actor.ts'
import { limits } from '../kernel/limits.ts'
import { notFound } from '../kernel/problem.ts'
import { alertText } from './alert-text.ts'
import { Alert, alertPrefix, drillMark, drillOrigin, type SignedAlert } from './contract-alert.ts'
import type { NewDrill } from './contract-drill.ts'
import { isHalted } from './halt.ts'
import { alertCells } from './matching/alert-cells.ts'
import { refuse } from './refuse.ts'
import type { AlertsRoom } from './room.ts'
import { SignerAway, SigningRefused } from './signer/port.ts'
import { drillsSince, insertAlert, lastAlertOf } from './store.ts'

type Matter = Pick<Statement, 'act' | 'object' | 'facts'>

/** A number for a drill that is still to be held. */
export const newDrillId = ({ kernel: { ids } }: AlertsRoom): string => `${drillMark}${ids.code()}`

/** What somebody stands behind who begins this drill. Throws `alerts/no-such-place`. */
export const drillMatter = (
  room: AlertsRoom,
  { id, place }: { id: string; place: string },
): Matter => matterOf('drill', id, 1, placeOf(room, place))

/** What somebody stands behind who ends a drill. Throws 404, `alerts/drill-over`. */
export async function endMatter(room: AlertsRoom, id: string): Promise<Matter> {
  return matterOf('end-drill', id, 2, await underWay(room, id))
}

/**
 * Begins a drill: what a real alert does, in all its steps, to those who asked for drills and to nobody
 * else. One approver or administrator suffices, since it reaches nobody who did not ask for it and is
 * signed by a key that stands for nothing else; the signer holds to two people for everything real.
 * Throws `alerts/no-such-place`, `/drills-spent`, `/drill-known`, `/halted`, `/not-signed`, `/signer-away`.
 */
export async function startDrill(
  room: AlertsRoom,
  actor: Actor,
  { id = newDrillId(room), place, minutes }: NewDrill,
): Promise<SignedAlert> {
  const { kernel } = room
  const matter = drillMatter(room, { id, place })
  const now = kernel.clock.now()
  return kernel.db.transaction().execute(async (tx) => {
    if (await isHalted(tx)) throw refuse('alerts/halted')
    // One after the other, so that the count holds.
    await sql`select pg_advisory_xact_lock(hashtextextended('drills', 0))`.execute(tx)
    if ((await drillsSince(tx, new Date(now.getTime() - dayMilliseconds))) >= limits.drillsADay)
      throw refuse('alerts/drills-spent')
    const alert: Alert = {
      ...{ v: 1, origin: drillOrigin(room.origin), id, revision: 1, kind: 'confirmed' },
      ...{
        activity: 'other',
        ...placeOf(room, place),
        seenAt: now.toISOString(),
        sentAt: now.toISOString(),
      },
      expiresAt: new Date(now.getTime() + minutes * 60_000).toISOString(),
      ...{ correction: null, drill: true },
    }
    return issue(room, tx, actor, { alert, matter })
  })
}

/** Ends a drill: whoever was told of it hears that it is over. Throws 404, and as `startDrill`. */
export async function endDrill(room: AlertsRoom, actor: Actor, id: string): Promise<SignedAlert> {
  const { kernel } = room
  const before = await underWay(room, id)
  const now = kernel.clock.now()
  const alert: Alert = {
    ...before,
    ...{ revision: 2, kind: 'all-clear', sentAt: now.toISOString() },
    expiresAt: new Date(now.getTime() + limits.drillMinutes * 60_000).toISOString(),
  }
  const matter = matterOf('end-drill', id, 2, alert)
  return kernel.db.transaction().execute((tx) => issue(room, tx, actor, { alert, matter }))
}

const dayMilliseconds = 24 * 3_600_000

async function underWay({ kernel: { db } }: AlertsRoom, id: string): Promise<Alert> {
  const last = await lastAlertOf(db, id)
  if (last?.audience !== 'drills') throw notFound('There is no drill of this number.')
  if (last.revision !== 1) throw refuse('alerts/drill-over')
  return Alert.parse(JSON.parse(last.document))
}

type DrillPlace = Pick<Alert, 'precision' | 'place' | 'areas' | 'cells'>

/** The place or area as an alert would name it: no finer, and only areas that are public. */
function placeOf({ kernel: { city } }: AlertsRoom, id: string): DrillPlace {
  const area = city.areaById(id)
  const point = area ? undefined : city.placeById(id)
  if (!area && !point) throw refuse('alerts/no-such-place')
  const { areaIds, placeLabel } = areaPlace(city, area ? [area.id] : (point?.areas ?? []))
  const geometry = point
    ? { type: 'Point' as const, coordinates: [point.lon, point.lat] as [number, number] }
    : null
  return {
    precision: point ? 'corner' : 'neighbourhood',
    place: point?.label ?? area?.name ?? placeLabel,
    areas: areaIds.slice(0, 12),
    cells: alertCells(city, { geometry, areaIds: area ? [area.id] : areaIds }),
  }
}

const matterOf = (
  act: 'drill' | 'end-drill',
  id: string,
  revision: number,
  { place, precision, areas }: DrillPlace,
): Matter => ({
  act,
  object: id,
  facts: {
    finding: act === 'drill' ? 'confirmed' : 'ended',
    ...{ revision, place, precision, areas },
  },
})

/** Takes the approval, has the drill signed, keeps it and hands it on. It enters no log that is published. */
async function issue(
  room: AlertsRoom,
  tx: Tx,
  actor: Actor,
  { alert, matter }: { alert: Alert; matter: Matter },
): Promise<SignedAlert> {
  const { kernel } = room
  const at = kernel.clock.now()
  const approval = await room.takeApproval(tx, actor, matter, true)
  const signed = await sign(room, alert, await room.approvals([approval], tx))
  const added = await insertAlert(tx, {
    ...{ incident_id: alert.id, revision: alert.revision, kind: alert.kind },
    document: alertText(alert).slice(alertPrefix.length),
    ...{ signature: signed.signature, key_id: signed.keyId, refusal: null, ledger_seq: null },
    ...{ expires_at: new Date(alert.expiresAt), created_at: at, audience: 'drills' },
  })
  if (!added) throw refuse(alert.revision === 1 ? 'alerts/drill-known' : 'alerts/drill-over')
  await kernel.emit(tx, {
    id: kernel.ids.uuid(),
    ...{ stream: 'drill', streamId: alert.id, type: 'drill.issued', actorId: actor.personId },
    data: { revision: alert.revision, kind: alert.kind },
    at,
  })
  await announce(tx, 'desk')
  return signed
}

const sign = (
  room: AlertsRoom,
  alert: Alert,
  approvals: Parameters<AlertsRoom['signer']['sign']>[1],
) =>
  room.signer.sign(alert, approvals).catch((error: unknown) => {
    if (error instanceof SignerAway) throw refuse('alerts/signer-away')
    if (!(error instanceof SigningRefused)) throw error
    room.kernel.log('error', 'a drill was not signed', { code: error.code })
    throw refuse(refusals[error.code] ?? 'alerts/not-signed')
  })

const refusals: Record<string, 'alerts/halted' | 'alerts/drill-known'> = {
  halted: 'alerts/halted',
  'older-revision': 'alerts/drill-known',
}
