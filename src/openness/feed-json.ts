import type { Publication } from './contract.ts'
import { asOf, featureOf } from './live.ts'
import type { OpennessRoom } from './room.ts'
import { incidentUrl, wordsOf } from './words.ts'

/** The feed as JSON Feed 1.1, in one language. */
export function jsonFeed(
  room: OpennessRoom,
  entries: readonly Publication[],
  lang: string,
): object {
  const { city, clock } = room.kernel
  const t = room.translator(lang)
  return {
    version: 'https://jsonfeed.org/version/1.1',
    title: t('openness.feed.title', { city: city.name[lang] ?? city.name.en }),
    home_page_url: `${room.origin}/${lang}/live`,
    feed_url: `${room.origin}/feeds/alerts.json`,
    language: lang,
    items: entries.map((entry) => {
      const words = wordsOf(room, asOf(room, entry, clock.now()), lang)
      return {
        id: entry.id,
        url: incidentUrl(room, entry, lang),
        title: words.headline,
        content_text: `${words.description} ${words.instruction}`,
        date_published: entry.snapshot.publishedAt,
        date_modified: entry.at.toISOString(),
        tags: [entry.kind],
        _porchlight: {
          incidentId: entry.incidentId,
          revision: entry.revision,
          kind: entry.kind,
          seq: entry.seq,
        },
      }
    }),
  }
}

/** The feed as GeoJSON: each public act a feature, newest first. */
export const geoJsonFeed = (room: OpennessRoom, entries: readonly Publication[]): object => ({
  type: 'FeatureCollection',
  features: entries.map((entry) => {
    const feature = featureOf(asOf(room, entry, room.kernel.clock.now()))
    return {
      ...feature,
      id: entry.id,
      properties: {
        ...feature.properties,
        alertId: entry.id,
        incidentId: entry.incidentId,
        kind: entry.kind,
        at: entry.at.toISOString(),
      },
    }
  }),
})
