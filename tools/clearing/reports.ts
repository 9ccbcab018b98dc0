import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'

/** One report to be poured in, and what it is: the person at the keyboard knows it by its words. */
export interface Poured {
  kind: 'junk' | 'twin' | 'words' | 'single'
  /** Reports of one event have the same; each junk one its own. */
  event: string
  body: Record<string, unknown>
}

const corners: { street_a: string; street_b: string; lat: string; lon: string }[] = parse(
  readFileSync(new URL('../../cities/lanternport/corners.csv', import.meta.url)),
  { columns: true },
)
const cornerAt = (n: number) => corners[n % corners.length] as (typeof corners)[number]
const pointAt = (n: number) => ({ lat: Number(cornerAt(n).lat), lon: Number(cornerAt(n).lon) })

/** What one hand sends for everywhere. All invented. */
const junk = [
  'WARNING they are raiding every house in this street right now, share with everyone you know',
  'my cousin says that buses full of agents are coming here tonight, nobody should go to work',
  'they will close the bridge and check everybody who walks past, this is not a joke at all',
  'free help with papers, call us now and pay only half, our office is open day and night',
  'I hate this town and everyone in it and hope that all of you have to leave tomorrow',
  'helicopters and tanks were seen everywhere around here, the television will not tell you',
]

const whom = [
  ['a man with a bicycle', 'un hombre con una bicicleta'],
  ['two women from the laundry', 'dos mujeres de la lavandería'],
  ['a street vendor', 'un vendedor ambulante'],
  ['three workers on a roof', 'tres obreros en un techo'],
  ['a young man in a red cap', 'un joven con gorra roja'],
  ['the baker and his brother', 'el panadero y su hermano'],
  ['a delivery driver', 'un repartidor'],
  ['a mother with a stroller', 'una madre con un cochecito'],
  ['an old man at the bus stop', 'un anciano en la parada del autobús'],
  ['four students', 'cuatro estudiantes'],
  ['a taxi driver', 'un taxista'],
  ['a couple with shopping bags', 'una pareja con bolsas de compras'],
  ['the cook of the noodle shop', 'la cocinera de la tienda de fideos'],
] as const
const cars = [
  ['a white van', 'una camioneta blanca'],
  ['a black pickup truck', 'una camioneta negra'],
  ['a grey car', 'un auto gris'],
  ['two blue vans', 'dos furgonetas azules'],
  ['a green truck', 'un camión verde'],
  ['an unmarked brown car', 'un auto marrón sin placas'],
  ['a bus with dark windows', 'un autobús con vidrios oscuros'],
] as const
const who = [
  ['masked agents', 'agentes enmascarados'],
  ['men in green vests', 'hombres con chalecos verdes'],
  ['officers with long guns', 'oficiales con armas largas'],
  ['people in plain clothes', 'personas vestidas de civil'],
  ['guards with a dog', 'guardias con un perro'],
] as const
const deeds = [
  ['put handcuffs on %1 beside %2.', 'Esposaron a %1 al lado de %2.'],
  [
    'asked %1 for papers and looked into bags. %2 blocks the lane.',
    'Le pidieron papeles a %1 y revisaron bolsas. %2 bloquea el carril.',
  ],
  [
    'are shouting at %1 to sit on the ground, %2 has its lights on.',
    'Gritan a %1 que se siente en el suelo, %2 tiene las luces encendidas.',
  ],
  [
    'came out of %2 and ran after %1 into the yard.',
    'Bajaron de %2 y corrieron tras %1 hasta el patio.',
  ],
  ['wait in %2 and watch %1 at the gate.', 'Esperan en %2 y vigilan a %1 en la puerta.'],
  [
    'knocked at every door and took %1 away in %2.',
    'Tocaron todas las puertas y se llevaron a %1 en %2.',
  ],
  ['pushed %1 into %2 and drove off.', 'Metieron a %1 en %2 y se fueron.'],
] as const
const activities = ['arrest', 'stop', 'raid', 'checkpoint', 'door-knock'] as const

const of = <T>(list: readonly T[], n: number): T => list[n % list.length] as T

/** The two accounts of event `n`: in English, and in Spanish. */
function accounts(n: number): [english: string, spanish: string] {
  const [people, gente] = of(whom, n)
  const [car, auto] = of(cars, n + 3 * Math.floor(n / 7))
  const [did, hicieron] = of(deeds, n)
  const agents = 2 + (n % 8)
  const [they, ellos] = of(who, Math.floor(n / 5))
  return [
    `${agents} ${they} ${did.replace('%1', people).replace('%2', car)}`,
    `${agents} ${ellos}. ${hicieron.replace('%1', gente).replace('%2', auto)}`,
  ]
}

/** The reports have gathered over a night: nobody was at the desk. */
const minutesWaiting = 9 * 60

function event(n: number, now: Date): Record<string, unknown> {
  return {
    activity: of(activities, n),
    place: pointAt(n * 5),
    observedAt: new Date(now.getTime() - (5 + ((n * 37) % minutesWaiting)) * 60_000).toISOString(),
    firstHand: true,
    placeKind: 'street',
    description: accounts(n)[0],
  }
}

/**
 * `count` reports of a night: of ten, six junk from a few hands, two twins of one event in two
 * languages with photos, one in words that are on no map, one true and alone. In the order they come.
 */
export function reportsFor(count: number, now: Date): Poured[] {
  const tenth = Math.floor(count / 10)
  const at = (n: number) =>
    new Date(now.getTime() - ((n * 29) % minutesWaiting) * 60_000).toISOString()
  const junkReports = Array.from(
    { length: 6 * tenth },
    (_, n): Poured => ({
      kind: 'junk',
      event: `junk ${n}`,
      body: {
        activity: of(activities, n),
        place: pointAt(n * 11),
        observedAt: at(n),
        firstHand: n % 2 === 0,
        description: `${of(junk, n)}${'!'.repeat(n % 4)}${n % 3 === 0 ? ` ${n}` : ''}`,
      },
    }),
  )
  const twins = Array.from({ length: tenth }, (_, n) => twinsOf(n, now)).flat()
  const words = Array.from(
    { length: tenth },
    (_, n): Poured => ({
      kind: 'words',
      event: `words ${n}`,
      body: {
        ...event(2 * tenth + n, now),
        place: {
          text: `behind the place where ${String.fromCharCode(65 + (n % 26))}${of(['lvar', 'ung', 'ebo', 'iko', 'amal', 'esra', 'orin'], n)} ${of(['used to fix radios', 'sells flowers in spring', 'had the ice rink', 'keeps the pigeons'], n)}`,
        },
      },
    }),
  )
  const singles = Array.from(
    { length: tenth },
    (_, n): Poured => ({
      kind: 'single',
      event: `single ${n}`,
      body: event(tenth + n, now),
    }),
  )
  return shuffled([...junkReports, ...twins, ...words, ...singles])
}

function twinsOf(n: number, now: Date): Poured[] {
  const shared = { ...event(n, now), media: [{ kind: 'photo' }] }
  return accounts(n).map((description, nth) => ({
    kind: 'twin',
    event: `twin ${n}`,
    body: { ...shared, description, language: nth === 0 ? 'en' : 'es' },
  }))
}

/** The same disorder each time. */
function shuffled<T>(list: T[]): T[] {
  const order = list.map((one, n) => ({ one, key: Math.imul(n + 1, 2654435761) >>> 0 }))
  return order.sort((a, b) => a.key - b.key).map(({ one }) => one)
}

/** Whether these words are one hand's junk, as whoever reads them sees at once. */
export const isJunk = (words: string): boolean => junk.some((text) => words.includes(text))

/** The event that one of these accounts tells of; null if it is none of the true ones. */
export function eventOf(words: readonly string[], reports: readonly Poured[]): string | null {
  const told = reports.find(
    ({ kind, body }) =>
      kind !== 'junk' && words.some((text) => text.includes(String(body.description))),
  )
  return told?.event ?? null
}

/** The corner where an event in words happened, as its finder would type it. */
export const cornerToType = (n: number): string => {
  const { street_a, street_b } = cornerAt(n * 5)
  return `${street_a} ${street_b}`.toLowerCase().replace(/ (street|avenue|road)/g, '')
}
