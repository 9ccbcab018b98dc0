import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { indexAreas } from './areas.ts'
import { buildGazetteer } from './gazetteer.ts'
import { type City, loadCity } from './index.ts'
import { readPack } from './read-pack.ts'

const pack = (name: string) => fileURLToPath(new URL(`../../../cities/${name}`, import.meta.url))
let nyc: City
let lanternport: City

beforeAll(async () => {
  nyc = await loadCity(pack('nyc'))
  lanternport = await loadCity(pack('lanternport'))
}, 30_000)

describe('New York', () => {
  it('has its areas, languages and habits', () => {
    const count = (kind: string) => nyc.areas.filter((area) => area.kind === kind).length
    expect(
      ['borough', 'neighbourhood', 'zip', 'community-district', 'council-district', 'precinct'].map(
        count,
      ),
    ).toEqual([5, 195, 177, 59, 51, 76])
    expect(nyc.languages.map((language) => language.code).join(' ')).toBe(
      'en es zh-Hans zh-Hant ru bn ht ko ar ur fr pl',
    )
    expect([nyc.timeZone, nyc.units, nyc.hourCycle]).toEqual([
      'America/New_York',
      'imperial',
      'h12',
    ])
    expect(nyc.areaById('precinct-110')?.name).toBe('110th Precinct')
    expect(nyc.areaById('nta-QN28')?.parent).toBe('borough-queens')
  })

  it('knows what is land, shore and elsewhere', () => {
    expect(nyc.contains({ lat: 40.7477, lon: -73.8839 })).toBe(true)
    expect(nyc.contains({ lat: 40.7008, lon: -74.016 })).toBe(true)
    expect(nyc.contains({ lat: 40.65, lon: -74.05 })).toBe(false)
    expect(nyc.contains({ lat: 40.7357, lon: -74.1724 })).toBe(false)
    expect(nyc.contains({ lat: Number.NaN, lon: 0 })).toBe(false)
  })

  it('finds the areas of a corner in the order of the kinds', () => {
    const ids = nyc.areasAt({ lat: 40.749753, lon: -73.884312 }).map((area) => area.id)
    expect(ids).toEqual([
      'borough-queens',
      'nta-QN28',
      'zip-11372',
      'cd-403',
      'council-25',
      'precinct-115',
    ])
    expect(nyc.areasAt({ lat: 999, lon: 0 })).toEqual([])
  })

  it('gives the nearest corner and finds it again by its id', () => {
    const corner = nyc.nearestCorner({ lat: 40.7477, lon: -73.884 })
    expect(corner?.placeId).toBe('x:82nd-st+roosevelt-av@queens')
    expect(nyc.placeById('x:82nd-st+roosevelt-av@queens')).toEqual(corner)
    expect(nyc.placeById('x:nowhere')).toBeUndefined()
    expect(nyc.nearestCorner({ lat: Number.NaN, lon: 1 })).toBeUndefined()
  })

  it('hands out the shape of an area', () => {
    expect(nyc.areaShape('nta-QN28')?.type).toBe('MultiPolygon')
    expect(nyc.areaShape('nta-none')).toBeUndefined()
  })
})

describe('Lanternport', () => {
  it('is whole: areas tile the land, corners lie in them, the script runs right to left', () => {
    expect(lanternport.areas.filter((area) => area.kind === 'neighbourhood')).toHaveLength(8)
    expect(lanternport.languages.find((language) => language.code === 'ar')?.dir).toBe('rtl')
    for (const area of lanternport.areas) {
      expect(Object.keys(area.label).length).toBe(area.kind === 'zip' ? 1 : 4)
      expect(lanternport.areasAt(area.centre).map(({ id }) => id)).toContain(area.id)
    }
    const corner = lanternport.search('anchor & 4th').places[0]
    expect(corner?.areas).toEqual(['borough-harbourside', 'nta-LP01', 'zip-00011'])
  })

  it('is searched in its own languages', () => {
    for (const text of ['حي الفتيل', 'সলতেপাড়া', 'la mecha', 'LAMPWICK', 'lampwik']) {
      expect(lanternport.search(text).places[0]?.placeId).toBe('area:nta-LP03')
    }
    expect(lanternport.search('حي الفتيل', { lang: 'ar' }).places[0]?.label).toBe(
      'حي الفتيل, جانب الميناء',
    )
  })
})

describe('ids', () => {
  it('are unique and do not depend on the order of rows', async () => {
    const { content } = await readPack(pack('nyc'), { skipMap: true })
    if (!content) throw new Error('no pack')
    const areas = indexAreas(content.areas, 'borough')
    const forward = buildGazetteer(content, areas, 'borough')
    const backward = buildGazetteer(
      {
        ...content,
        corners: content.corners.toReversed(),
        places: content.places.toReversed(),
        streets: content.streets.toReversed(),
      },
      areas,
      'borough',
    )
    const ids = (g: typeof forward) =>
      [...g.corners, ...g.streets, ...g.named]
        .map((row) => `${row.id} ${row.lat} ${row.lon}`)
        .sort()
    expect(ids(backward)).toEqual(ids(forward))
    const all = [...forward.corners, ...forward.streets, ...forward.named].map((row) => row.id)
    expect(new Set(all).size).toBe(all.length)
  })
})

it('lists every fault when a pack cannot be used', async () => {
  await expect(loadCity(pack('atlantis'))).rejects.toThrow('pack.json: is missing')
})
