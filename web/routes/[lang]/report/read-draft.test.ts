import { describe, expect, it } from 'vitest'
import { type Draft, fields } from './draft.ts'
import { observedAt, reportOf, whatErrors, whereErrors } from './read-draft.server.ts'

const now = new Date('2026-11-23T18:00:00Z')
const zone = 'America/New_York'
const draft = (given: Partial<Draft>): Draft => ({
  ...(Object.fromEntries(fields.map((field) => [field, ''])) as Draft),
  activity: 'stop',
  firstHand: 'yes',
  place: 'Gull and Quay',
  choice: 'words',
  placeKind: 'street',
  when: 'now',
  ...given,
})

describe('when it was seen', () => {
  it('counts from the moment the form said "just now", so that a double tap is one report', () => {
    const asOf = '2026-11-23T17:58:00.000Z'
    expect(observedAt(draft({ when: '10', asOf }), now, zone)).toEqual(
      new Date('2026-11-23T17:48:00Z'),
    )
  })
  it('does not call yesterday "just now", however late the form is sent', () => {
    const asOf = '2026-11-22T12:00:00.000Z'
    expect(observedAt(draft({ asOf }), now, zone)).toEqual(new Date(asOf))
  })
  it('does not believe a moment that is strange', () => {
    for (const asOf of ['', 'soon', '2031-01-01T00:00:00Z', '2020-01-01T00:00:00Z'])
      expect(observedAt(draft({ asOf }), now, zone)).toEqual(now)
  })
  it('reads a day and a time on the clocks of the city', () => {
    const other = draft({ when: 'other', date: '2026-11-23', time: '08:15' })
    expect(observedAt(other, now, zone)).toEqual(new Date('2026-11-23T13:15:00Z'))
  })
  it('asks again for a time that is not one', () => {
    for (const [date, time] of [
      ['', ''],
      ['2026-02-31', '08:00'],
      ['2026-11-23', '25:00'],
    ] as const)
      expect(observedAt(draft({ when: 'other', date, time }), now, zone)).toMatchObject({
        field: 'date',
      })
  })
})

describe('what is wrong', () => {
  it('wants an activity, who saw it, a place and its kind', () => {
    expect(
      whatErrors(draft({ activity: 'nuke', firstHand: '' })).map(({ field }) => field),
    ).toEqual(['activity', 'firstHand'])
    expect(whereErrors(draft({ choice: '', placeKind: '' })).map(({ field }) => field)).toEqual([
      'choice',
      'placeKind',
    ])
  })
  it('does not take words that are not there', () => {
    expect(whereErrors(draft({ place: ' ', choice: 'words' }))).toHaveLength(1)
  })
})

describe('the report', () => {
  it('sends answers, and leaves out what was not answered', () => {
    const report = reportOf(draft({ size: '12', minors: 'yes', detained: 'unknown' }), now)
    expect(report).toEqual({
      activity: 'stop',
      place: { text: 'Gull and Quay' },
      placeKind: 'street',
      observedAt: now.toISOString(),
      firstHand: true,
      size: 12,
      minorsPresent: true,
    })
  })
  it('names the field that the rules refuse', () => {
    const wrong = reportOf(draft({ description: 'a\0b', contact: 'x'.repeat(201) }), now)
    expect(wrong).toMatchObject([
      { field: 'description', text: 'reports.error.broken-character' },
      { field: 'contact', text: 'reports.error.contact-long' },
    ])
  })
})
