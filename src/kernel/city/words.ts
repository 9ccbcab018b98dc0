// Words that every city's addresses share, in the languages people type them. A pack adds its own.

const spell = (table: Record<string, string>): Map<string, string> =>
  new Map(
    Object.entries(table).flatMap(([to, from]) => [
      [to, to],
      ...from.split(' ').map((word): [string, string] => [word, to]),
    ]),
  )

/** Kinds of street and the like -> one short form. "saint" is also "st", so that St Marks needs no guess. */
export const STREET_TYPES = spell({
  st: 'street str saint santo santa calle rue ulica',
  av: 'avenue ave aven avenida avenu aleja',
  blvd: 'boulevard bl blv boul bulevar bvd',
  rd: 'road',
  dr: 'drive',
  pl: 'place plc',
  ln: 'lane',
  ct: 'court',
  ter: 'terrace terr',
  pkwy: 'parkway pky pkway py parkwy',
  expy: 'expressway expwy exwpy expway xpwy expr autopista',
  hwy: 'highway hiway carretera',
  sq: 'square',
  plz: 'plaza plza',
  cir: 'circle circ',
  cres: 'crescent',
  tpke: 'turnpike tnpk tpk',
  brg: 'bridge brdg brg puente',
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
})

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

export const DIRECTIONS = spell({
  e: 'east este',
  w: 'west oeste',
  n: 'north norte',
  s: 'south sur',
})

/** Other short forms. */
export const SHORT_FORMS = spell({
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
})

/** What people call the kind of place; never enough to find one, but enough to prefer it. */
export const KIND_WORDS = spell({
  station:
    'estacion gare stasyon stacja станция метро subway train metro tren estasyon trains line linea mta parada stop',
  bus: 'autobus guagua buses',
  pk: '',
  ferry: 'ferri',
  precinct: 'comisaria pct',
  zip: 'zipcode',
})

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
export const JOINERS = new Set(
  'and y con et esq esquina corner cor x between entre btw btwn at und и ак ak i ও এবং و اور 와 과 및 cerca near'.split(
    ' ',
  ),
)

/** Words dropped from names and queries alike. */
export const SILENT = new Set(
  'the of de la el los las del le les du in on en al by off nr corner do at от на у в pa nan'.split(
    ' ',
  ),
)

const NUMBERS =
  'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth'.split(' ')
const CARDINALS = 'one two three four five six seven eight nine ten eleven twelve'.split(' ')
const SPANISH =
  'primera segunda tercera cuarta quinta sexta septima octava novena decima undecima duodecima'.split(
    ' ',
  )
export const NUMBER_WORDS = new Map<string, string>()
for (const list of [NUMBERS, CARDINALS, SPANISH]) {
  list.forEach((word, i) => {
    NUMBER_WORDS.set(word, String(i + 1))
  })
}
