// Streets and corners of New York: tidies the names and leaves out ramps, which nobody types and which crowd the list.
import { readCsv } from '../../src/kernel/city/csv.ts'
import { boroughId } from './boroughs.ts'

const RAMP =
  /\b(Et|En|Exit|Entrance|Ramp|Nb|Sb|Eb|Wb|Northbound|Southbound|Eastbound|Westbound|Sr|Upperdeck|Lowerdeck|Connector|Overpass|Underpass|Upper|Lower)\b/

/** Corners as [street_a, street_b, within, lat, lon], ramps left out, doubled rows once. */
export function cornerRows(text: string): string[][] {
  const rows = readCsv(text).slice(1)
  const seen = new Set<string>()
  const kept: string[][] = []
  for (const [borough = '', a = '', b = '', lat = '', lon = ''] of rows) {
    if (RAMP.test(a) || RAMP.test(b)) continue
    const row = [streetName(a), streetName(b), boroughId(borough), lat, lon]
    const key = row.join('|')
    if (row[0] === row[1] || seen.has(key)) continue
    seen.add(key)
    kept.push(row)
  }
  return kept
}

/** Streets as [name, within, lat, lon, west, south, east, north]; two spellings of one street become one row. */
export function streetRows(text: string): string[][] {
  const merged = new Map<string, { row: string[]; segments: number; box: number[] }>()
  for (const [borough = '', raw = '', segments, lat = '', lon = '', box = ''] of readCsv(
    text,
  ).slice(1)) {
    if (RAMP.test(raw)) continue
    const name = streetName(raw)
    const key = `${name}|${borough}`
    const [west = 0, south = 0, east = 0, north = 0] = box.split(' ').map(Number)
    const seen = merged.get(key)
    const [w, s, e, n] = seen?.box ?? [west, south, east, north]
    const whole = [
      Math.min(west, w ?? west),
      Math.min(south, s ?? south),
      Math.max(east, e ?? east),
      Math.max(north, n ?? north),
    ]
    const count = Number(segments)
    const row = seen && seen.segments >= count ? seen.row : [name, boroughId(borough), lat, lon]
    merged.set(key, { row, segments: Math.max(count, seen?.segments ?? 0), box: whole })
  }
  return [...merged.values()].map(({ row, box }) => [...row, ...box.map(String)])
}

/** The city's all-capitals names came through a title-caser that knew no Scots, French or prepositions. */
export function streetName(raw: string): string {
  return raw
    .replace(/\bMc ?([a-z])(?=[a-z]{2})/gi, (_, letter: string) => `Mc${letter.toUpperCase()}`)
    .replace(/\bMac ([A-Z])/g, 'Mac$1')
    .replace(/\bLa Guardia\b/g, 'LaGuardia')
    .replace(/\bDekalb\b/g, 'DeKalb')
    .replace(/\b(Of|The|And)\b(?!$)/g, (word, _, at: number) =>
      at === 0 ? word : word.toLowerCase(),
    )
    .replace(/\bFdr\b/g, 'FDR')
    .replace(/\bRfk\b/g, 'RFK')
    .replace(/\b(Blvd|Bl)\b/g, 'Boulevard')
    .replace(/\b(Expwy|Exwpy|Ep)\b/g, 'Expressway')
    .replace(/\b(Pkwy|Py)\b/g, 'Parkway')
    .replace(/\bBrdg\b/g, 'Bridge')
    .replace(/\bI (\d+)(st|nd|rd|th)\b/g, 'I-$1')
}
