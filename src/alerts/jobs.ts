import type { Subscriptions } from '../kernel/events.ts'
import type { Handlers } from '../kernel/jobs.ts'
import { limits } from '../kernel/limits.ts'
import { askOwner, forgetPending } from './ask-owner.ts'
import { findAudience, matchShard, tellAgain, type Word } from './deliver/make-pages.ts'
import { sendPage } from './deliver/send-page.ts'
import { issueAlert, type Published } from './issue-alert.ts'
import { prepareKeysInTime } from './prepared-keys.ts'
import type { AlertsRoom } from './room.ts'

/** What the room hears. Alerts are issued one after the other, in the order of their publications. */
export const alertsHears: Subscriptions = {
  'incident.published': [{ job: 'alerts:issue', queue: 'alerts' }],
  // No other room hears of drills: what nobody is told cannot be published.
  'drill.issued': [{ job: 'alerts:audience', queue: 'alerts-audience' }],
  'alert.issued': [{ job: 'alerts:audience', queue: 'alerts-audience' }],
}

const wordOf = (payload: Record<string, unknown>): Word => ({
  incidentId: String(payload.incidentId ?? payload.streamId),
  revision: Number(payload.revision ?? (payload.alert as { revision?: number })?.revision),
})

/** The jobs of finding and telling an audience: of all shards, or of those this process holds. */
export function alertsJobs(room: AlertsRoom, shards: readonly number[] = everyShard): Handlers {
  const matching = shards.map((shard) => [
    `alerts:match-${shard}`,
    (payload: Record<string, unknown>) => matchShard(room, wordOf(payload), shard),
  ])
  return {
    'alerts:issue': (payload) => issueAlert(room, payload as unknown as Published),
    'alerts:audience': (payload) => findAudience(room, wordOf(payload)),
    'alerts:tell-again': (payload) => tellAgain(room, wordOf(payload)),
    'alerts:ask-to-confirm': (payload) => askOwner(room, String(payload.hash)),
    'alerts:forget-pending': () => forgetPending(room),
    'alerts:send': (payload) => sendPage(room, String(payload.pageId)),
    'alerts:prepare-keys': async () => void (await prepareKeysInTime(room)),
    ...Object.fromEntries(matching),
  }
}

export const everyShard = Array.from({ length: limits.matchShards }, (_, shard) => shard)
