// One vocabulary of the words that every city's addresses share, out of all languages. A pack adds its own.
import { fold } from './fold.ts'
import { LANGUAGES, type LanguageWords } from './languages.ts'

type Table = Record<string, string>

/** Own words first: where a word stands in two languages ("place"), the earlier list keeps it. */
function spell(own: Table, part: 'types' | 'directions' | 'kinds'): Map<string, string> {
  const spelt = new Map<string, string>()
  for (const [to, from] of [
    own,
    ...Object.values(LANGUAGES).map((words) => words[part] ?? {}),
  ].flatMap(Object.entries) as [string, string][]) {
    for (const word of [to, ...from.split(' ')])
      if (word && !spelt.has(fold(word))) spelt.set(fold(word), to)
  }
  return spelt
}

const listed = (part: (words: LanguageWords) => string): Set<string> =>
  new Set(Object.values(LANGUAGES).flatMap((words) => part(words).split(' ').map(fold)))

/** Kinds of street and the like -> one short form. "saint" is also "st", so that St Marks needs no guess. */
export const STREET_TYPES = spell(
  {
    st: 'street str sts saint streets',
    av: 'avenue ave avs aven avenu avenues',
    blvd: 'boulevard bl blv boul bvd',
    rd: 'road',
    dr: 'drive',
    pl: 'place plc',
    ln: 'lane',
    ct: 'court',
    ter: 'terrace terr',
    pkwy: 'parkway pky pkway py parkwy',
    expy: 'expressway expwy exwpy expway xpwy expr',
    hwy: 'highway hiway',
    sq: 'square',
    plz: 'plaza plza',
    cir: 'circle circ',
    cres: 'crescent',
    tpke: 'turnpike tnpk tpk',
    brg: 'bridge brdg brg',
    aly: 'alley',
    tunl: 'tunnel tun tunel',
    oval: '',
    loop: '',
    way: '',
    walk: '',
    slip: '',
    row: '',
    mews: '',
    path: '',
  },
  'types',
)

/** Kinds of street that never stand for a whole name; "Court" may be Court Street. */
export const PLAIN_TYPES = new Set([
  'st',
  'av',
  'blvd',
  'rd',
  'dr',
  'pl',
  'ln',
  'pkwy',
  'expy',
  'hwy',
])

export const DIRECTIONS = spell({ e: 'east', w: 'west', n: 'north', s: 'south' }, 'directions')

/** Other short forms. */
export const SHORT_FORMS = new Map(
  Object.entries({
    hts: 'heights hgts hght height',
    ctr: 'center centre',
    jct: 'junction junct',
    ft: 'fort',
    mt: 'mount',
    pk: 'park parque parc',
    gdns: 'gardens gdn garden',
    is: 'island isl',
    vlg: 'village',
    univ: 'university',
    hosp: 'hospital',
    intl: 'international',
    jr: 'junior',
    pt: 'point',
    bch: 'beach',
    sta: 'stn',
    term: 'terminal',
  }).flatMap(([to, from]) => [to, ...from.split(' ')].map((word): [string, string] => [word, to])),
)

/** What people call the kind of place; never enough to find one, but enough to prefer it. */
export const KIND_WORDS = spell(
  {
    station: 'subway train metro trains line mta stop',
    bus: '',
    pk: '',
    ferry: '',
    precinct: 'pct',
    zip: 'zipcode',
  },
  'kinds',
)

/** Kind word -> kinds of place it speaks for. */
export const KINDS_SPOKEN_FOR: Record<string, string[]> = {
  station: ['station', 'rail', 'bus-stop'],
  bus: ['bus-stop'],
  pk: ['park'],
  ferry: ['ferry'],
  precinct: ['police', 'precinct'],
  zip: ['zip'],
}

/** Words that join two streets. Single letters may also be street names, so they count only between two names. */
export const JOINERS = listed((words) => words.joiners)

/** Words dropped from names and queries alike. */
export const SILENT = listed((words) => words.silent)
