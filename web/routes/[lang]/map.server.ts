type App = App.Locals['app']

/** What the map needs to know of the deployment; none of it is loaded before it is asked for. */
export interface MapSettings {
  /** Address of the city's tiles. */
  tiles: string
  /** Address of the operator's base map, if there is one. */
  base: string | undefined
  /** What it shows first: west, south, east, north. */
  bounds: readonly number[]
  /** Who made what is drawn. */
  publishers: string
}

/** The map of the whole city, or of one of its areas. */
export function mapOf({ city, tiles }: App, areaId?: string): MapSettings {
  const base = tiles.base()
  const parents = new Set(city.areas.map(({ parent }) => city.areaById(parent ?? '')?.kind))
  const drawn = city.datasets.filter(
    ({ holds, kind }) =>
      holds === 'map' ||
      holds === 'places' ||
      kind === 'neighbourhood' ||
      (kind !== undefined && parents.has(kind)),
  )
  return {
    tiles: `/tiles/${city.id}.pmtiles?v=${tiles.version()}`,
    base: base ? `/tiles/base.pmtiles?v=${base.version}` : undefined,
    bounds: (areaId && boundsOf(city.areaShape(areaId)?.coordinates)) || city.bbox,
    publishers: [...new Set(drawn.map(({ publisher }) => publisher))].join('; '),
  }
}

function boundsOf(
  polygons: readonly (readonly [number, number][])[][] | undefined,
): number[] | null {
  const positions = polygons?.flat(2) ?? []
  if (positions.length === 0) return null
  const lons = positions.map(([lon]) => lon)
  const lats = positions.map(([, lat]) => lat)
  const [west, south, east, north] = [lons, lats, lons, lats].map((all, i) =>
    all.reduce((a, b) => (i < 2 ? Math.min(a, b) : Math.max(a, b))),
  ) as [number, number, number, number]
  return [west, south, east, north]
}
