import { announce } from '../kernel/bus.ts'
import type { Tx } from '../kernel/db/database.ts'
import type { Actor } from '../kernel/http/actor.ts'
import { limits } from '../kernel/limits.ts'
import { act, refused } from './act.ts'
import { membersOf } from './queue-rows.ts'
import type { IncidentsRoom } from './room.ts'
import { refusal } from './rules.ts'
import { type IncidentRow, lockIncidents, notSetAside } from './store.ts'

/** What was set aside together, and the name of that act: by it all of them come back. */
export interface SetAside {
  act: string
  count: number
}

/**
 * Puts an incident at the end of the queue, as nothing about enforcement or the same junk again; with `alike` the
 * whole group its row stands for, up to `limits.setAsideAtOnce`. One person suffices: nothing is published, nothing
 * deleted, another's report of it brings it back, and so does `undoSetAside`. Throws 404, 403 or 409.
 */
export function setAside(
  room: IncidentsRoom,
  tx: Tx,
  id: string,
  actor: Actor,
  { alike }: { alike: boolean },
): Promise<SetAside> {
  return act(room, tx, { id, action: 'set-aside', actor }, async ({ row, now }) => {
    const ids = alike && row.alike ? await membersOf(tx, row, now, limits.setAsideAtOnce) : [id]
    const locked = await lockIncidents(tx, [...new Set([id, ...ids])])
    const allowed = locked.filter((one) => one.id === id || may(room, one, actor, now))
    const name = room.kernel.ids.uuid()
    await update(tx, allowed, { set_aside_at: now, set_aside_act: name })
    await emit(room, tx, allowed, actor, 'incident.set-aside', { act: name })
    return { act: name, count: allowed.length }
  })
}

/** Brings back what one act set aside and nobody has touched since. Answers how many. Throws 403, 409. */
export async function undoSetAside(
  room: IncidentsRoom,
  tx: Tx,
  name: string,
  actor: Actor,
): Promise<number> {
  const found = await tx
    .selectFrom('incidents')
    .select('id')
    .where('set_aside_act', '=', name)
    .execute()
  if (found.length === 0) throw refused('incident/nothing-to-undo')
  const rows = await lockIncidents(
    tx,
    found.map(({ id }) => id),
  )
  const still = rows.filter((row) => row.set_aside_act === name && row.status === 'open')
  const [first] = still
  if (!first) throw refused('incident/nothing-to-undo')
  const why = asked(room, first, actor, 'undo', room.kernel.clock.now())
  if (why) throw refused(why)
  await update(tx, still, notSetAside)
  await emit(room, tx, still, actor, 'incident.undone', { act: name })
  await announce(tx, 'desk')
  return still.length
}

/** A group is asked about by its rows alone: what the table weighs here is in them. */
const asked = (
  room: IncidentsRoom,
  row: IncidentRow,
  actor: Actor,
  action: 'set-aside' | 'undo',
  now: Date,
) =>
  refusal({
    action,
    actor,
    now,
    policy: room.policy,
    state: {
      status: row.status as 'open',
      pending: null,
      reporterIds: [],
      firstHandWithMedia: 0,
      reportCount: row.report_count,
      expiresAt: row.expires_at,
      lastReportAt: row.last_report_at,
      setAside: row.set_aside_at !== null,
    },
  })

const may = (room: IncidentsRoom, row: IncidentRow, actor: Actor, now: Date): boolean =>
  row.pending_at === null && asked(room, row, actor, 'set-aside', now) === null

const update = (
  tx: Tx,
  rows: readonly IncidentRow[],
  change: Pick<IncidentRow, 'set_aside_at' | 'set_aside_act'>,
): Promise<unknown> =>
  tx
    .updateTable('incidents')
    .set(change)
    .where(
      'id',
      'in',
      rows.map(({ id }) => id),
    )
    .execute()

const emit = (
  { kernel }: IncidentsRoom,
  tx: Tx,
  rows: readonly IncidentRow[],
  actor: Actor,
  type: string,
  data: Record<string, unknown>,
): Promise<void> =>
  kernel.emit(
    tx,
    ...rows.map((row) => ({
      id: kernel.ids.uuid(),
      stream: 'incident',
      streamId: row.id,
      type,
      actorId: actor.personId,
      data,
      at: kernel.clock.now(),
    })),
  )
