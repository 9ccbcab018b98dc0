import { latLngToCell } from 'h3-js'
import { expect, test } from 'vitest'
import { alikeCounts } from './alike-incidents.ts'
import type { IncidentRow } from './store.ts'

const row = (id: string, lat: number, minute: number, activity = 'stop') =>
  ({
    id,
    activity,
    cell: Number.isNaN(lat) ? null : latLngToCell(lat, -73.9, 8),
    last_observed_at: new Date(Date.parse('2026-11-23T18:00:00Z') + minute * 60_000),
    last_report_at: new Date('2026-11-23T23:00:00Z'),
  }) as IncidentRow

test('incidents of one kind near each other within the hour are counted as alike', () => {
  const counts = alikeCounts([
    row('first', 40.7, 0),
    row('next block', 40.703, 20),
    row('moved on', 40.708, 50),
    row('other kind', 40.7, 10, 'door-knock'),
    row('hours later', 40.7, 300),
    row('far', 40.9, 10),
    row('not on the map', Number.NaN, 10),
  ])
  expect(Object.fromEntries(counts)).toEqual({
    first: 2,
    'next block': 2,
    'moved on': 2,
    'other kind': 0,
    'hours later': 0,
    far: 0,
  })
})
