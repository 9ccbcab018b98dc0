import { describe, expect, test } from 'vitest'
import type { Texts } from '#web/texts.ts'
import { type Clock, clockTime, relativeTime } from './ago.ts'

const clock: Clock = {
  now: '2026-06-14T18:17:00Z',
  timeZone: 'America/New_York',
  hourCycle: 'h12',
  lang: 'en',
}
const t = ((key: string, values = {}) => `${key} ${JSON.stringify(values)}`) as Texts
const plain = (text: string | null): string | undefined => text?.replace(/[\u202f\u00a0]/g, ' ')

describe('how long ago', () => {
  test.each([
    ['2026-06-14T18:16:30Z', 'web.time.now {}'],
    ['2026-06-14T18:16:00Z', '1 minute ago'],
    ['2026-06-14T18:05:00Z', '12 minutes ago'],
    ['2026-06-14T15:16:59Z', '3 hours ago'],
    ['2026-06-13T17:17:00Z', 'yesterday'],
    ['2026-06-13T03:30:00Z', '2 days ago'],
    ['2026-06-14T20:17:00Z', 'in 2 hours'],
  ])('%s is %s', (at, said) => expect(relativeTime(at, clock, t)).toBe(said))

  test('a week and more is left to the date', () =>
    expect(relativeTime('2026-06-07T18:17:00Z', clock, t)).toBeNull())

  test('a language the browser tables lack takes our own words', () =>
    expect(relativeTime('2026-06-14T18:05:00Z', { ...clock, lang: 'xx' }, t)).toBe(
      'web.time.minutes-ago {"count":12}',
    ))
})

describe('clock time', () => {
  test.each([
    ['2026-06-14T18:05:00Z', clock, '2:05 pm'],
    ['2026-06-14T18:05:00Z', { ...clock, hourCycle: 'h23' as const }, '14:05'],
    ['2026-06-14T03:05:00Z', clock, 'June 13 at 11:05 pm'],
    ['2026-06-13T17:05:00Z', clock, '1:05 pm'],
    ['2026-06-12T17:05:00Z', clock, 'June 12 at 1:05 pm'],
    ['2025-12-31T18:05:00Z', clock, 'December 31, 2025 at 1:05 pm'],
  ])('%s', (at, by, said) => expect(plain(clockTime(at, by))).toBe(said))
})
