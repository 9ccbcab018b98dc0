import { mapOf } from '../map.server.ts'

/** Days that exact places, words and contacts are kept (src/schema.ts, restrictedDays). */
const days = 3

/** What the report form needs to know of the city, and a key of its own. */
export function formSettings(app: App.Locals['app']) {
  const { city, pages } = app
  const { reports, incidents } = city.policy as {
    reports: { maxAgeHours: number }
    incidents: { precision: Record<string, 'corner' | 'wide' | 'neighbourhood'> }
  }
  const today = Temporal.Instant.fromEpochMilliseconds(app.kernel.clock.now().getTime())
    .toZonedDateTimeISO(city.timeZone)
    .toPlainDate()
  return {
    key: pages.newKey(),
    days,
    units: city.units,
    map: mapOf(app),
    precision: incidents.precision,
    maxAgeHours: reports.maxAgeHours,
    today: today.toString(),
    earliest: today.subtract({ hours: reports.maxAgeHours }).toString(),
  }
}
