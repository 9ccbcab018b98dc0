import { create } from 'xmlbuilder2'
import type { GeoJsonGeometry } from '../incidents/index.ts'
import type { Publication } from './contract.ts'
import type { OpennessRoom } from './room.ts'
import { incidentUrl, wordsOf, xmlText } from './words.ts'

const namespace = 'urn:oasis:names:tc:emergency:cap:1.2'

type Node = ReturnType<ReturnType<typeof create>['ele']>

/**
 * A public act as a CAP 1.2 message (OASIS), one `info` a language of the city. Everything after
 * the first word is an Update or a Cancel that refers to what was said before.
 */
export function capMessage(
  room: OpennessRoom,
  entry: Publication,
  earlier: readonly Publication[] = [],
): Node {
  const message = create({ version: '1.0', encoding: 'UTF-8' }).ele(namespace, 'alert')
  const { city } = room.kernel
  message.ele('identifier').txt(entry.id)
  message.ele('sender').txt(senderOf(room))
  message.ele('sent').txt(capTime(entry.at))
  message.ele('status').txt('Actual')
  message.ele('msgType').txt(messageType(entry))
  message.ele('source').txt(`Porchlight ${city.id}`)
  message.ele('scope').txt('Public')
  const references = earlier.filter(({ revision }) => revision < entry.revision)
  if (references.length > 0)
    message
      .ele('references')
      .txt(references.map((e) => `${senderOf(room)},${e.id},${capTime(e.at)}`).join(' '))
  message.ele('incidents').txt(entry.incidentId)
  for (const { code } of city.languages) addInfo(room, message, entry, code)
  return message
}

/** A CAP message as a document of its own. */
export const capDocument = (
  room: OpennessRoom,
  entry: Publication,
  earlier: readonly Publication[],
): string => capMessage(room, entry, earlier).end({ prettyPrint: true })

/** CAP forbids spaces, commas and angle brackets in a sender; a host name has none. */
const senderOf = (room: OpennessRoom): string => new URL(room.origin).host

/** CAP wants an offset and no fraction: `2026-11-23T14:05:00-00:00`. */
const capTime = (at: Date): string => `${at.toISOString().slice(0, 19)}-00:00`

/** Taking back is Cancel; an all-clear, a fading and a re-confirmation are Updates. */
function messageType({ kind }: Publication): 'Alert' | 'Update' | 'Cancel' {
  if (kind === 'confirmed') return 'Alert'
  return kind === 'corrected' ? 'Cancel' : 'Update'
}

const over = new Set(['ended', 'expired', 'corrected', 'unfounded', 'other-agency'])

function addInfo(room: OpennessRoom, message: Node, entry: Publication, lang: string): void {
  const { snapshot } = entry
  const words = wordsOf(room, snapshot, lang)
  const info = message.ele('info')
  info.ele('language').txt(lang)
  info.ele('category').txt('Safety')
  info.ele('event').txt(room.translator(lang)('openness.cap.event'))
  if (over.has(snapshot.status)) info.ele('responseType').txt('AllClear')
  else info.ele('responseType').txt('Monitor')
  info.ele('urgency').txt(over.has(snapshot.status) ? 'Past' : 'Immediate')
  info.ele('severity').txt(over.has(snapshot.status) ? 'Minor' : 'Moderate')
  info
    .ele('certainty')
    .txt(
      snapshot.status === 'corrected' || snapshot.status === 'unfounded' ? 'Unlikely' : 'Observed',
    )
  info.ele('effective').txt(capTime(entry.at))
  if (entry.expiresAt)
    info
      .ele('expires')
      .txt(capTime(new Date(Math.max(entry.expiresAt.getTime(), entry.at.getTime()))))
  info.ele('senderName').txt('Porchlight')
  info.ele('headline').txt(xmlText(words.headline).slice(0, 160))
  info.ele('description').txt(xmlText(words.description))
  info.ele('instruction').txt(xmlText(words.instruction))
  info.ele('web').txt(incidentUrl(room, entry, lang))
  addArea(info, snapshot.placeLabel, snapshot.geometry)
}

/** Kilometres around a public corner: the message is about the corner, not about a door. */
const cornerKilometres = 0.15

function addArea(info: Node, label: string, geometry: GeoJsonGeometry | null): void {
  const area = info.ele('area')
  area.ele('areaDesc').txt(xmlText(label))
  if (!geometry) return
  if (geometry.type === 'Point') {
    const [lon, lat] = geometry.coordinates
    area.ele('circle').txt(`${lat},${lon} ${cornerKilometres}`)
    return
  }
  const rings =
    geometry.type === 'Polygon'
      ? geometry.coordinates.slice(0, 1)
      : geometry.coordinates.map((polygon) => polygon[0] ?? [])
  for (const ring of rings)
    if (ring.length >= 4)
      area.ele('polygon').txt(ring.map(([lon, lat]) => `${lat},${lon}`).join(' '))
}
