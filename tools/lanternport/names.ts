// Everything in Lanternport is invented; none of these names stands for a real place or person.
type Cell = [west: number, south: number, east: number, north: number]

/** North to south streets, from west to east. */
export const STREETS = [
  'Anchor',
  'Barnacle',
  'Cooper',
  'Dory',
  'Ember',
  'Fathom',
  'Gannet',
  'Halyard',
  'Inlet',
  'Jetty',
  'Keel',
  'Lantern',
].map((name) => `${name} Street`)

/** West to east avenues, from the water up. */
export const AVENUES = [
  'Quayside Road',
  '1st Avenue',
  '2nd Avenue',
  '3rd Avenue',
  '4th Avenue',
  '5th Avenue',
  'Old Wall Boulevard',
  '6th Avenue',
  '7th Avenue',
  '8th Avenue',
  'Beacon Road',
  'Hilltop Parkway',
]

interface AreaDraft {
  id: string
  name: string
  parent?: string
  population?: number
  label?: Record<string, string>
  aliases?: string[]
  cell: Cell
}

export const BOROUGHS: AreaDraft[] = [
  {
    id: 'borough-harbourside',
    name: 'Harbourside',
    label: { es: 'El Puerto', ar: 'جانب الميناء', bn: 'বন্দরপাড়' },
    cell: [0, 0, 1, 0.5],
  },
  {
    id: 'borough-hillside',
    name: 'Hillside',
    label: { es: 'La Ladera', ar: 'جانب التل', bn: 'পাহাড়পাড়' },
    cell: [0, 0.5, 1, 1],
  },
]

const quarter = (column: number, row: 0 | 1): Cell => [
  column / 4,
  row / 2,
  (column + 1) / 4,
  (row + 1) / 2,
]
const hood = (
  id: string,
  name: string,
  column: number,
  row: 0 | 1,
  population: number,
  es: string,
  ar: string,
  bn: string,
): AreaDraft => ({
  id: `nta-${id}`,
  name,
  parent: row === 0 ? 'borough-harbourside' : 'borough-hillside',
  population,
  label: { es, ar, bn },
  cell: quarter(column, row),
})

export const NEIGHBOURHOODS: AreaDraft[] = [
  hood('LP01', 'Ropewalk', 0, 0, 14200, 'La Cordelería', 'حي الحبالين', 'দড়িপাড়া'),
  hood('LP02', 'Saltyard', 1, 0, 18900, 'Patio de la Sal', 'ساحة الملح', 'লবণ আঙিনা'),
  hood('LP03', 'Lampwick', 2, 0, 21300, 'La Mecha', 'حي الفتيل', 'সলতেপাড়া'),
  hood('LP04', 'Gullhaven', 3, 0, 9700, 'Puerto Gaviota', 'مرفأ النوارس', 'গাংচিল বন্দর'),
  hood('LP05', 'Cedarfold', 0, 1, 11800, 'El Cedral', 'حي الأرز', 'সিডারপাড়া'),
  hood('LP06', 'Thistledown', 1, 1, 16400, 'Los Cardos', 'حي الشوك', 'কাঁটাফুল'),
  hood('LP07', 'Quillbrook', 2, 1, 13100, 'Arroyo Pluma', 'جدول الريشة', 'পালকঝর্ণা'),
  hood('LP08', 'Kestrelmoor', 3, 1, 7600, 'Páramo del Cernícalo', 'تل الصقر', 'বাজপাখির মাঠ'),
]

export const ZIPS: AreaDraft[] = [
  { id: 'zip-00011', name: '00011', population: 33100, aliases: ['00015'], cell: [0, 0, 0.5, 0.5] },
  { id: 'zip-00012', name: '00012', population: 31000, cell: [0.5, 0, 1, 0.5] },
  { id: 'zip-00013', name: '00013', population: 28200, cell: [0, 0.5, 0.5, 1] },
  { id: 'zip-00014', name: '00014', population: 20700, cell: [0.5, 0.5, 1, 1] },
]

interface StationDraft {
  name: string
  lines: string[]
  at: [street: number, avenue: number]
}

/** Line 1 runs along 4th Avenue, line 2 along Fathom Street; they meet at Fathom Street and 4th Avenue. */
export const STATIONS: StationDraft[] = [
  { name: 'Anchor St', lines: ['1'], at: [0, 4] },
  { name: 'Cooper St', lines: ['1'], at: [2, 4] },
  { name: 'Ember St', lines: ['1'], at: [4, 4] },
  { name: 'Quayside Rd', lines: ['2'], at: [5, 0] },
  { name: '2 Av', lines: ['2'], at: [5, 2] },
  { name: 'Lanternport Central', lines: ['1', '2'], at: [5, 4] },
  { name: 'Halyard St', lines: ['1'], at: [7, 4] },
  { name: 'Jetty St', lines: ['1'], at: [9, 4] },
  { name: 'Lantern St', lines: ['1'], at: [11, 4] },
  { name: 'Old Wall Blvd', lines: ['2'], at: [5, 6] },
  { name: '8 Av', lines: ['2'], at: [5, 9] },
  { name: 'Hilltop Pkwy', lines: ['2'], at: [5, 11] },
]

export const PLACES: {
  kind: string
  name: string
  at: [street: number, avenue: number]
  lines?: string
  metres: number
}[] = [
  { kind: 'park', name: 'Tidepool Park', at: [1.5, 1.5], metres: 200 },
  { kind: 'park', name: 'Ropewalk Gardens', at: [0.5, 3.5], metres: 150 },
  { kind: 'park', name: 'Cedarfold Common', at: [1.5, 8.5], metres: 200 },
  { kind: 'park', name: 'Beacon Knoll', at: [8.5, 9.5], metres: 250 },
  { kind: 'park', name: 'Lantern Green', at: [10.5, 5.5], metres: 150 },
  { kind: 'ferry', name: 'Gullhaven Landing', at: [10, -0.3], metres: 80 },
  { kind: 'ferry', name: 'Old Fish Pier', at: [4, -0.3], metres: 80 },
  { kind: 'police', name: 'Harbourside Watch House', at: [6, 2], metres: 60 },
  { kind: 'bus-stop', name: 'Quayside Rd & Anchor St', at: [0, 0], lines: 'L1', metres: 40 },
  { kind: 'bus-stop', name: 'Quayside Rd & Gannet St', at: [6, 0], lines: 'L1', metres: 40 },
  { kind: 'bus-stop', name: 'Quayside Rd & Lantern St', at: [11, 0], lines: 'L1 L2', metres: 40 },
  { kind: 'bus-stop', name: 'Hilltop Pkwy & Cooper St', at: [2, 11], lines: 'L2', metres: 40 },
  { kind: 'bus-stop', name: 'Hilltop Pkwy & Keel St', at: [10, 11], lines: 'L2', metres: 40 },
  { kind: 'landmark', name: 'Lanternport City Hall', at: [5.2, 4.8], metres: 60 },
]
