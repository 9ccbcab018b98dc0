export interface Spot {
  kind: string
  name: string
  within: string
  lat: number
  lon: number
  lines: string[]
  aliases: string[]
  metres: number
}

/**
 * Federal buildings people name by their house number, which no dataset here can find. Each stands at the mean of
 * the corners around it; addresses as the project's fact base gives them, section 2.7.
 */
const LANDMARKS: { name: string; aliases: string[]; corners: [string, string][] }[] = [
  {
    name: '26 Federal Plaza',
    aliases: ['Federal Plaza', 'Federal Plaza Immigration Court', 'Jacob Javits Federal Building'],
    corners: [
      ['Broadway', 'Worth Street'],
      ['Broadway', 'Duane Street'],
      ['Lafayette Street', 'Worth Street'],
      ['Duane Street', 'Lafayette Street'],
    ],
  },
  {
    name: '201 Varick Street',
    aliases: ['201 Varick', 'Varick Immigration Court', 'Varick Street Immigration Court'],
    corners: [
      ['Varick Street', 'West Houston Street'],
      ['King Street', 'Varick Street'],
    ],
  },
  {
    name: '290 Broadway',
    aliases: ['290 Broadway Immigration Court', 'Ted Weiss Federal Building'],
    corners: [
      ['Broadway', 'Duane Street'],
      ['Broadway', 'Reade Street'],
    ],
  },
]

/** The landmarks as places; throws when a corner that places one is gone from the raw data. */
export function landmarks(corners: string[][]): Spot[] {
  return LANDMARKS.map(({ name, aliases, corners: around }) => {
    const points = around.map(([a, b]) => {
      const row = corners.find(
        (corner) =>
          corner[2] === 'borough-manhattan' &&
          [corner[0], corner[1]].sort().join() === [a, b].sort().join(),
      )
      if (!row)
        throw new Error(`the corner ${a} & ${b}, which places ${name}, is not in the raw data`)
      return { lat: Number(row[3]), lon: Number(row[4]) }
    })
    const mean = (of: (p: { lat: number; lon: number }) => number) =>
      points.reduce((sum, p) => sum + of(p), 0) / points.length
    return {
      kind: 'landmark',
      name,
      within: 'borough-manhattan',
      lat: mean((p) => p.lat),
      lon: mean((p) => p.lon),
      lines: [],
      aliases,
      metres: 100,
    }
  })
}
