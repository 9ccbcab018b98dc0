import { create } from 'xmlbuilder2'
import { capMessage } from './cap.ts'
import type { Publication } from './contract.ts'
import { asOf } from './live.ts'
import type { OpennessRoom } from './room.ts'
import { incidentUrl, wordsOf, xmlText } from './words.ts'

const atom = 'http://www.w3.org/2005/Atom'

/** The feed as Atom (RFC 4287), in one language; with the CAP messages inside when asked. */
export function atomFeed(
  room: OpennessRoom,
  entries: readonly Publication[],
  lang: string,
  /** Everything said of these incidents: what the CAP messages refer to. None: a feed without them. */
  said: readonly Publication[] | null = null,
): string {
  const { city, clock } = room.kernel
  const t = room.translator(lang)
  const path = said ? '/feeds/alerts.cap.atom' : '/feeds/alerts.atom'
  const feed = create({ version: '1.0', encoding: 'UTF-8' }).ele(atom, 'feed').att('xml:lang', lang)
  feed.ele('id').txt(`${room.origin}${path}`)
  feed.ele('title').txt(t('openness.feed.title', { city: city.name[lang] ?? city.name.en }))
  feed.ele('updated').txt((entries[0]?.at ?? clock.now()).toISOString())
  feed.ele('author').ele('name').txt('Porchlight')
  feed.ele('link').att({ rel: 'self', type: 'application/atom+xml', href: `${room.origin}${path}` })
  feed.ele('link').att({ rel: 'alternate', type: 'text/html', href: `${room.origin}/${lang}/live` })
  for (const entry of entries) addEntry(room, feed, entry, lang, said)
  return feed.end({ prettyPrint: true })
}

type Node = ReturnType<ReturnType<typeof create>['ele']>

function addEntry(
  room: OpennessRoom,
  feed: Node,
  entry: Publication,
  lang: string,
  said: readonly Publication[] | null,
): void {
  const words = wordsOf(room, asOf(room, entry, room.kernel.clock.now()), lang)
  const node = feed.ele('entry')
  node.ele('id').txt(`urn:uuid:${entry.id}`)
  node.ele('title').txt(xmlText(words.headline))
  node.ele('updated').txt(entry.at.toISOString())
  node.ele('published').txt(entry.snapshot.publishedAt)
  node.ele('category').att('term', entry.kind)
  node
    .ele('link')
    .att({ rel: 'alternate', type: 'text/html', href: incidentUrl(room, entry, lang) })
  node.ele('link').att({
    rel: 'related',
    type: 'application/cap+xml',
    href: `${room.origin}/cap/${entry.id}.xml`,
  })
  node.ele('summary').txt(xmlText(`${words.description} ${words.instruction}`))
  if (said)
    node
      .ele('content')
      .att('type', 'application/cap+xml')
      .import(capMessage(room, entry, said.filter(sameIncident(entry))))
}

const sameIncident =
  ({ incidentId }: Publication) =>
  (other: Publication): boolean =>
    other.incidentId === incidentId
