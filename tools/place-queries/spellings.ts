// Ways to write one street, from its name as the data has it.
import type { Chance } from './chance.ts'

/** Kinds of street and directions, as they are shortened in the street. */
const SHORT: Record<string, string[]> = {
  street: ['st', 'st.', 'str'],
  avenue: ['ave', 'av', 'ave.'],
  boulevard: ['blvd', 'bl'],
  parkway: ['pkwy', 'pky'],
  expressway: ['expy', 'expwy'],
  highway: ['hwy'],
  turnpike: ['tpke', 'tnpk'],
  road: ['rd', 'rd.'],
  place: ['pl'],
  court: ['ct'],
  square: ['sq'],
  terrace: ['ter', 'terr'],
  drive: ['dr'],
  lane: ['ln'],
  plaza: ['plz'],
  east: ['e', 'e.'],
  west: ['w', 'w.'],
  north: ['n', 'n.'],
  south: ['s', 's.'],
  fort: ['ft', 'ft.'],
  mount: ['mt'],
  saint: ['st', 'st.'],
  heights: ['hts', 'hgts'],
  junction: ['jct'],
  junior: ['jr'],
}
const LAST = new Set([
  ...[
    'street',
    'avenue',
    'boulevard',
    'road',
    'drive',
    'place',
    'parkway',
    'expressway',
    'highway',
  ],
  ...['lane', 'court', 'terrace', 'turnpike'],
])
const ONES =
  'zero first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth'.split(
    ' ',
  )
const TENS = 'zero ten twenty thirty forty fifty sixty seventy eighty ninety'.split(' ')
const TENTHS =
  'zero tenth twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth'.split(
    ' ',
  )

/** "East 82nd Street" -> "e. 82nd st". */
export function shortened(name: string, draw: Chance): string {
  return name
    .toLowerCase()
    .split(' ')
    .map((word) => (SHORT[word] ? draw.pick(SHORT[word]) : word))
    .join(' ')
}

/** Without the kind of street at its end, where more than that is left; "82nd" or "82". */
export function withoutKind(name: string, draw: Chance): string {
  const words = name.toLowerCase().split(' ')
  const kept = words.length > 1 && LAST.has(words.at(-1) as string) ? words.slice(0, -1) : words
  return kept
    .map((word) => (draw.oneIn(2) ? word.replace(/^(\d+)(st|nd|rd|th)$/, '$1') : word))
    .join(' ')
}

/** The number in words ("eighty second"), or in Spanish ("calle 82"); null where the name has no number. */
export function numberInWords(name: string, draw: Chance): string | null {
  const found = /^(?:(East|West) )?(\d+)(?:st|nd|rd|th) (Street|Avenue|Road|Place|Drive)$/.exec(
    name,
  )
  if (!found) return null
  const [, direction = '', digits = '', kind = ''] = found
  const spanish = { Street: 'calle', Avenue: 'avenida' }[kind]
  if (spanish && draw.oneIn(3)) return `${draw.oneIn(3) ? 'la ' : ''}${spanish} ${digits}`
  const words = ordinal(Number(digits), draw.oneIn(2))
  return words && `${direction} ${words} ${kind}`.trim().toLowerCase()
}

function ordinal(n: number, hyphen: boolean): string | null {
  if (n >= 200) return null
  if (n >= 100) return n === 100 ? 'one hundredth' : `one hundred ${ordinal(n - 100, hyphen)}`
  if (n < 20) return ONES[n] as string
  const [ten, one] = [Math.floor(n / 10), n % 10]
  if (one === 0) return TENTHS[ten] as string
  return `${TENS[ten]}${hyphen ? '-' : ' '}${ONES[one]}`
}
