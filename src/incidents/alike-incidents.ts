import { cellToLatLng } from 'h3-js'
import { SpaceTimeGroups } from './space-time-groups.ts'
import type { IncidentRow } from './store.ts'

/** The centres of a cell and of the cells about it lie within this of each other. */
const neighbouringMetres = 1200
/** Two incidents an hour apart may be one van moving on, or one hand sending junk. */
const alikeMinutes = 60

/**
 * For each incident how many others of the list are like it: the same activity, in its cell or the
 * next, within the hour, or so near to one that is. One event that moves, and a flood, show at a
 * glance; nothing is joined or dropped by it. Coarse cells only: the exact place rests sealed.
 */
export function alikeCounts(rows: readonly IncidentRow[]): Map<string, number> {
  const byActivity = new Map<string, SpaceTimeGroups>()
  const placed: { id: string; name: () => string | null }[] = []
  for (const { id, activity, cell, last_observed_at, last_report_at } of rows) {
    if (cell === null) continue
    const groups =
      byActivity.get(activity) ??
      new SpaceTimeGroups({ metres: neighbouringMetres, minutes: alikeMinutes, points: 2 })
    byActivity.set(activity, groups)
    const [lat, lon] = cellToLatLng(cell)
    const index = groups.add({ lat, lon, at: last_observed_at ?? last_report_at })
    placed.push({ id, name: () => groupName(activity, groups.groupOf(index)) })
  }
  return countsOf(placed.map(({ id, name }) => [id, name()]))
}

const groupName = (activity: string, group: number | null): string | null =>
  group === null ? null : `${activity} ${group}`

function countsOf(named: readonly (readonly [id: string, group: string | null])[]) {
  const sizes = new Map<string, number>()
  for (const [, group] of named) if (group) sizes.set(group, (sizes.get(group) ?? 0) + 1)
  return new Map(named.map(([id, group]) => [id, group ? (sizes.get(group) ?? 1) - 1 : 0]))
}
