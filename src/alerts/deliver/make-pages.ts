import { hash } from 'node:crypto'
import { askForJobs } from '../../kernel/ask-for-jobs.ts'
import { limits } from '../../kernel/limits.ts'
import { wantBits } from '../contract.ts'
import { Alert } from '../contract-alert.ts'
import type { Route } from '../matching/channel-table.ts'
import type { Recipient } from '../matching/match-index.ts'
import type { AlertsRoom } from '../room.ts'
import { alertOf } from '../store.ts'
import { routesOf } from '../store-subscriptions.ts'
import { quarterNow, quietFor } from './quiet-hours.ts'
import { hasPages, insertPages, type PageRow, toldBefore } from './store-pages.ts'

/** A word on an incident, as jobs name it. */
export interface Word {
  incidentId: string
  revision: number
}

/** The shard of those who hear a word because they heard the one before. */
const toldShard = -1

/** Divides the work of finding whom an alert concerns; corrections and all-clears go to who was told. */
export async function findAudience(room: AlertsRoom, word: Word): Promise<void> {
  const alert = await read(room, word)
  if (!alert) return
  const payload = { ...word }
  if (alert.kind === 'all-clear' || alert.kind === 'correction')
    return askForJobs(room.kernel.db, [{ job: 'alerts:tell-again', payload }])
  const shards = Array.from({ length: limits.matchShards }, (_, shard) => shard)
  await askForJobs(
    room.kernel.db,
    shards.map((shard) => ({ job: `alerts:match-${shard}`, payload })),
  )
}

/** Puts everybody of one shard whom an alert concerns on pages, nearest first. */
export async function matchShard(room: AlertsRoom, word: Word, shard: number): Promise<void> {
  const alert = await read(room, word)
  if (!alert) return
  await room.audience.catchUp()
  const told = new Set(
    alert.kind === 'update' ? await toldBefore(room.kernel.db, word.incidentId, word.revision) : [],
  )
  const wanted = alert.drill ? wantBits.drills : wantBits.alerts
  const found = room.audience
    .match(alert.cells, shard)
    .filter(({ wants }) => (wants & wanted) !== 0)
    .map((recipient) => ({ ...recipient, route: room.audience.routeOf(recipient.channel) }))
    // A phone replaces what it shows; a text or a letter that says the same again is a nuisance.
    .filter(({ id, route }) => !told.has(id) || route.channel === 'webpush')
  await putOnPages(room, word, alert, shard, found)
}

/** Puts everybody who was told of an incident on pages: nobody else, and nobody less. */
export async function tellAgain(room: AlertsRoom, word: Word): Promise<void> {
  const alert = await read(room, word)
  if (!alert) return
  const { db } = room.kernel
  const people = await routesOf(db, await toldBefore(db, word.incidentId, word.revision))
  await putOnPages(room, word, alert, toldShard, people)
}

async function read(room: AlertsRoom, { incidentId, revision }: Word): Promise<Alert | null> {
  const row = await alertOf(room.kernel.db, incidentId, revision)
  return row?.signature ? Alert.parse(JSON.parse(row.document)) : null
}

type Routed = Omit<Recipient, 'channel'> & { route: Route }

async function putOnPages(
  room: AlertsRoom,
  word: Word,
  alert: Alert,
  shard: number,
  people: readonly Routed[],
): Promise<void> {
  const now = room.kernel.clock.now()
  const quarter = quarterNow(now, room.kernel.city.timeZone)
  const groups = Map.groupBy(people, (person) => {
    const wakes = (person.wants & wantBits.wake) !== 0
    const wait = wakes ? 0 : quietFor({ from: person.quietFrom, to: person.quietTo }, quarter)
    return `${person.route.channel}\n${person.route.origin}\n${wait}`
  })
  const pages = [...groups].flatMap(([group, members]) =>
    pagesOf(room, word, shard, group, members),
  )
  const inTime = pages.filter(({ runAt }) => !runAt || runAt < new Date(alert.expiresAt))
  await room.kernel.db.transaction().execute(async (tx) => {
    if (await hasPages(tx, word.incidentId, word.revision, shard)) return
    await insertPages(
      tx,
      inTime.map(({ row }) => row),
    )
    await askForJobs(
      tx,
      inTime.map(({ row, runAt, at }) =>
        sendJob(row, { ...(runAt ? { runAt } : {}), priority: at }),
      ),
    )
  })
}

function pagesOf(
  room: AlertsRoom,
  word: Word,
  shard: number,
  group: string,
  members: readonly Routed[],
): { row: PageRow; runAt: Date | null; at: number }[] {
  const [channel = '', origin = '', wait = '0'] = group.split('\n')
  const now = room.kernel.clock.now()
  const runAt = Number(wait) > 0 ? new Date(now.getTime() + Number(wait)) : null
  const size = channel === 'webpush' ? limits.pagePushes : limits.pageMessages
  return Array.from({ length: Math.ceil(members.length / size) }, (_, at) => ({
    at,
    runAt,
    row: {
      id: room.kernel.ids.uuid(),
      incident_id: word.incidentId,
      revision: word.revision,
      shard,
      channel,
      origin,
      subscription_ids: members.slice(at * size, (at + 1) * size).map(({ id }) => id),
      claimed_at: null,
      told: null,
      accepted: 0,
      failed: 0,
      finished_at: null,
      created_at: now,
    },
  }))
}

/**
 * The job that sends a page. Pages of one service go one after the other, so that a slow service
 * holds one worker and no more (reliability.md F15).
 */
export const sendJob = (
  { id, channel, origin }: { id: string; channel: string; origin: string },
  { runAt, priority }: { runAt?: Date; priority?: number } = {},
) => ({
  job: 'alerts:send',
  payload: { pageId: id },
  queue: `alerts-${hash('sha256', `${channel} ${origin}`, 'hex').slice(0, 16)}`,
  key: `alerts:send/${id}`,
  ...(runAt ? { runAt } : {}),
  ...(priority === undefined ? {} : { priority }),
})
