/** How many signs a text has as people count them: half a letter is never cut off. */
const signs = new Intl.Segmenter('en', { granularity: 'grapheme' })
const signsOf = (text: string): string[] => [...signs.segment(text)].map(({ segment }) => segment)

/** What street signs and maps write short. */
const shorter: readonly [RegExp, string][] = [
  [/\bAvenue\b/g, 'Av'],
  [/\bStreet\b/g, 'St'],
  [/\bBoulevard\b/g, 'Blvd'],
  [/\bParkway\b/g, 'Pkwy'],
  [/\bExpressway\b/g, 'Expy'],
  [/\bTurnpike\b/g, 'Tpke'],
  [/\bHighway\b/g, 'Hwy'],
  [/\bTerrace\b/g, 'Ter'],
  [/\bPlace\b/g, 'Pl'],
  [/\bRoad\b/g, 'Rd'],
  [/\bDrive\b/g, 'Dr'],
  [/\bLane\b/g, 'Ln'],
  [/\bCourt\b/g, 'Ct'],
  [/\bSquare\b/g, 'Sq'],
  [/\bEast\b/g, 'E'],
  [/\bWest\b/g, 'W'],
  [/\bNorth\b/g, 'N'],
  [/\bSouth\b/g, 'S'],
  [/\b(\d{1,3})(?:st|nd|rd|th)\b/g, '$1'],
]

const between = ' & '

/**
 * A place's label in at most `most` signs: as street signs write it, and where that is not enough
 * each street of a corner cut alike, so that both are still told apart.
 */
export function shortPlace(place: string, most: number): string {
  if (signsOf(place).length <= most) return place
  const short = shorter.reduce((text, [long, written]) => text.replace(long, written), place)
  if (signsOf(short).length <= most) return short
  // The quarter that a corner is in goes before its streets do.
  const corner = short.includes(between) ? (short.split(', ')[0] ?? short) : short
  if (signsOf(corner).length <= most) return corner
  const streets = corner.split(between)
  if (streets.length === 1) return cut(corner, most)
  const room = most - between.length * (streets.length - 1)
  return streets.map((street, at) => cut(street, fairShare(streets, at, room))).join(between)
}

/** What a short street does not need is left to the long one. */
function fairShare(streets: readonly string[], at: number, room: number): number {
  const lengths = streets.map((street) => signsOf(street).length)
  const even = Math.floor(room / streets.length)
  const spare = lengths.reduce((sum, length) => sum + Math.max(0, even - length), 0)
  return Math.max(1, (lengths[at] ?? 0) <= even ? (lengths[at] ?? 0) : even + spare)
}

const cut = (text: string, most: number): string => {
  const all = signsOf(text)
  return all.length <= most
    ? text
    : `${all
        .slice(0, Math.max(1, most - 1))
        .join('')
        .trim()}.`
}
