import { join } from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import { root } from '../commands/session.ts'
import { readPack } from '../kernel/city/read-pack.ts'
import { textLanguages, translators } from '../kernel/i18n/index.ts'
import { segmentsOf } from '../kernel/sms-segments.ts'
import type { Alert } from './contract-alert.ts'
import { longWords, shortText, type Wording } from './words.ts'

const translator = translators(root)
const languages = textLanguages(root)
const activities = 'arrest raid stop checkpoint stakeout patrol door-knock other'.split(' ')
const corrections = 'confirmed unfounded other-agency wrong-place wrong-time withdrawn'.split(' ')

const anAlert: Alert = {
  v: 1,
  origin: 'https://porchlight.example',
  id: 'K7M3-9QXT',
  revision: 1,
  kind: 'confirmed',
  activity: 'raid',
  precision: 'corner',
  place: '',
  areas: [],
  cells: [],
  // As long as a clock gets: two digits and the half of the day.
  seenAt: '2026-11-24T03:55:00Z',
  sentAt: '2026-11-24T04:50:00Z',
  expiresAt: '2026-11-24T07:50:00Z',
  correction: null,
  drill: false,
}

/** Every kind of word there is, with every activity and every correction. */
const alerts: Alert[] = [
  ...activities.flatMap((activity) => [
    { ...anAlert, activity },
    { ...anAlert, activity, kind: 'update' as const },
  ]),
  { ...anAlert, kind: 'all-clear' },
  ...corrections.map((now) => ({
    ...anAlert,
    kind: 'correction' as const,
    correction: { was: 'confirmed', now },
  })),
]

const cities: { wording: Wording; labels: string[] }[] = []
beforeAll(async () => {
  for (const name of ['lanternport', 'nyc']) {
    const { content } = await readPack(join(root, 'cities', name), { skipMap: true })
    if (!content) throw new Error(`the pack of ${name} cannot be read`)
    const corners = content.corners.map(({ streetA, streetB }, at) => {
      const quarter = content.areas[at % content.areas.length]?.area.name
      return `${streetA} & ${streetB}${at % 2 ? `, ${quarter}` : ''}`
    })
    const areas = content.areas.map(({ area }) => area.name)
    const places = content.places.map((place) => place.name)
    const all = [...new Set([...corners, ...areas, ...places])]
    // All that could be too long; of the short ones, which are most of a city, one in twenty.
    const labels = all.filter((label, at) => label.length > 34 || at % 20 === 0)
    cities.push({ wording: { translator, city: content.pack }, labels })
  }
}, 60_000)

it.each(languages)(
  'in %s every place fits into one text message, with its code',
  (lang) => {
    for (const { wording, labels } of cities) {
      expect(labels.length).toBeGreaterThan(50)
      for (const [at, place] of labels.entries()) {
        const alert = alerts[at % alerts.length] as Alert
        const text = shortText(wording, { ...alert, place }, lang)
        if (segmentsOf(text) !== 1 || !text.includes(alert.id))
          throw new Error(`${alert.kind} at ${place} is ${segmentsOf(text)} messages: ${text}`)
      }
    }
  },
  120_000,
)

/** An alert in every form it may have: a drill is of no activity, begins and ends (`drills.ts`). */
function forms(alert: Alert): Alert[] {
  const { kind, activity, id } = alert
  const drilled = kind === 'all-clear' || (kind === 'confirmed' && activity === 'other')
  return drilled ? [alert, { ...alert, drill: true, id: `DRILL-${id}` }] : [alert]
}

it.each(languages)(
  'in %s every word fits with the longest places, a drill too',
  (lang) => {
    for (const { wording, labels } of cities) {
      const longest = labels.toSorted((a, b) => b.length - a.length).slice(0, 40)
      for (const alert of alerts.flatMap(forms))
        for (const place of longest) {
          const text = shortText(wording, { ...alert, place }, lang)
          expect([segmentsOf(text), text.includes('K7M3-9QXT'), text]).toEqual([1, true, text])
        }
    }
  },
  60_000,
)

it.each(languages)('in %s a corner keeps both its streets', (lang) => {
  const [, nyc] = cities
  const wording = nyc?.wording as Wording
  for (const alert of alerts) {
    const text = shortText(wording, { ...alert, place: 'Roosevelt Avenue & 82nd Street' }, lang)
    expect(text).toMatch(/Roo\S* ?\w*\.? & 82/)
  }
})

it.each(languages)('in %s there are long words for every alert', (lang) => {
  for (const alert of alerts) {
    const place = 'Roosevelt Avenue & 82nd Street'
    const { headline, text, instruction } = longWords(
      cities[1]?.wording as Wording,
      { ...alert, place },
      lang,
    )
    expect(headline).toContain(place)
    expect([text, instruction].every((words) => words.length > 5)).toBe(true)
  }
})
