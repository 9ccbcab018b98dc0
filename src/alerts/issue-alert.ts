import type { PublicationKind, PublicIncident } from '../incidents/index.ts'
import { addHours } from '../kernel/clock.ts'
import { Ledger } from '../kernel/ledger.ts'
import { limits } from '../kernel/limits.ts'
import { alertText } from './alert-text.ts'
import { type Alert, type AlertKind, alertPrefix, type SignedAlert } from './contract-alert.ts'
import { alertCells } from './matching/alert-cells.ts'
import type { AlertsRoom } from './room.ts'
import { SigningRefused } from './signer/port.ts'
import { type AlertRow, insertAlert, lastAlertOf } from './store.ts'

/** The event `incident.published`, as its job is told of it. */
export interface Published {
  eventId: string
  streamId: string
  kind: PublicationKind
  snapshot: PublicIncident
  approvals?: readonly string[]
}

/**
 * Makes an alert of a publication, has it signed, and hands it on: to the log's port, to the public
 * stream, to everybody whom it concerns. Run again it changes nothing. A publication that nobody was
 * or is to be alerted of (an unfounded rumour, a fading) makes none.
 */
export async function issueAlert(room: AlertsRoom, published: Published): Promise<void> {
  const before = await lastAlertOf(room.kernel.db, published.streamId)
  const kind = kindOf(published, before)
  if (!kind) return
  const alert = alertOf(room, published, kind)
  const signed = await sign(room, alert, published.approvals ?? [])
  await room.kernel.db.transaction().execute(async (tx) => {
    const added = await insertAlert(tx, rowOf(alert, signed, room.kernel.clock.now()))
    if (!added || 'refused' in signed) return
    const subject = `${alert.id}/${alert.revision}`
    const at = room.kernel.clock.now()
    const seq = await Ledger.append(tx, { kind: 'alert', subject, record: { ...signed }, at })
    await tx
      .updateTable('alerts')
      .set({ ledger_seq: seq })
      .where('incident_id', '=', alert.id)
      .where('revision', '=', alert.revision)
      .execute()
    await room.kernel.emit(tx, {
      id: room.kernel.ids.uuid(),
      // A stream of its own: the history of an incident is what people did to it.
      stream: 'alert',
      streamId: alert.id,
      type: 'alert.issued',
      actorId: null,
      data: { ...signed, document: alertText(alert).slice(alertPrefix.length) },
      at,
    })
  })
}

/** What this publication is to those who are told; null where nobody is. */
function kindOf({ kind, snapshot }: Published, before: AlertRow | undefined): AlertKind | null {
  const told = before !== undefined && before.signature !== null
  if (before && before.revision > snapshot.revision) return null
  if (snapshot.correction) return told ? 'correction' : null
  if (kind === 'ended') return told ? 'all-clear' : null
  if (snapshot.status !== 'confirmed') return null
  return told && before.kind !== 'correction' && before.kind !== 'all-clear'
    ? 'update'
    : 'confirmed'
}

function alertOf(room: AlertsRoom, { snapshot }: Published, kind: AlertKind): Alert {
  const { correction } = snapshot
  const starts = kind === 'confirmed' || kind === 'update'
  const lastHour = addHours(new Date(snapshot.updatedAt), limits.afterwordHours).toISOString()
  return {
    v: 1,
    origin: room.origin,
    id: snapshot.id,
    revision: snapshot.revision,
    kind,
    activity: snapshot.activity,
    precision: snapshot.precision,
    place: snapshot.placeLabel,
    areas: snapshot.areaIds,
    cells: alertCells(room.kernel.city, snapshot),
    seenAt: snapshot.observedAt,
    sentAt: snapshot.updatedAt,
    expiresAt: starts ? (snapshot.expiresAt ?? lastHour) : lastHour,
    correction:
      kind === 'correction' && correction ? { was: correction.was, now: correction.now } : null,
    drill: false,
  }
}

/** A refusal is kept and told; a signer that is away makes the job come again. */
async function sign(
  room: AlertsRoom,
  alert: Alert,
  approvals: readonly string[],
): Promise<SignedAlert | { refused: string }> {
  try {
    return await room.signer.sign(alert, await room.approvals(approvals))
  } catch (error) {
    if (!(error instanceof SigningRefused)) throw error
    room.kernel.log('error', 'an alert was not signed', { code: error.code })
    return { refused: error.code }
  }
}

const rowOf = (alert: Alert, signed: SignedAlert | { refused: string }, now: Date): AlertRow => ({
  incident_id: alert.id,
  revision: alert.revision,
  kind: alert.kind,
  document: alertText(alert).slice(alertPrefix.length),
  signature: 'refused' in signed ? null : signed.signature,
  key_id: 'refused' in signed ? null : signed.keyId,
  refusal: 'refused' in signed ? signed.refused : null,
  ledger_seq: null,
  expires_at: new Date(alert.expiresAt),
  created_at: now,
  audience: 'alerts',
})
