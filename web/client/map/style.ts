import type {
  ExpressionSpecification,
  LayerSpecification,
  SourceSpecification,
  StyleSpecification,
} from 'maplibre-gl'
import { type Colour, colours, widths } from './paint.ts'
import { areasOfIncidents, names } from './style-words.ts'

const absolute = (path: string): string => new URL(path, location.href).href

/** Our style: calm paper by day, blue-black by night; drawn again when the reader's setting changes. */
export function styleOf({ tiles = '', base = '', lang = 'en' }: DOMStringMap): StyleSpecification {
  const colour = colours()
  const sources: Record<string, SourceSpecification> = {
    city: { type: 'vector', url: `pmtiles://${absolute(tiles)}` },
    incidents: { type: 'geojson', data: { type: 'FeatureCollection', features: [] } },
    ...(base && { base: { type: 'vector' as const, url: `pmtiles://${absolute(base)}` } }),
  }
  return {
    version: 8,
    sources,
    layers: [
      { id: 'water', type: 'background', paint: { 'background-color': colour('map-water') } },
      ...(base ? under(colour) : []),
      fill('land', colour('map-land')),
      ...(base ? inland(colour) : []),
      fill('parks', colour('map-park')),
      ...roads(colour),
      boundaries(colour),
      ...transit(colour),
      ...areasOfIncidents(colour),
      ...names(colour, lang),
    ],
  }
}

const fill = (layer: string, color: string): LayerSpecification => ({
  id: layer,
  type: 'fill',
  source: 'city',
  'source-layer': layer,
  paint: { 'fill-color': color },
})

/** An operator's own tiles in the layers of Protomaps' basemap: the country around the city. */
const under = (colour: Colour): LayerSpecification[] => [
  {
    id: 'base-earth',
    type: 'fill',
    source: 'base',
    'source-layer': 'earth',
    filter: ['==', ['geometry-type'], 'Polygon'],
    paint: { 'fill-color': colour('map-around') },
  },
  {
    id: 'base-roads',
    type: 'line',
    source: 'base',
    'source-layer': 'roads',
    paint: { 'line-color': colour('map-road'), 'line-width': widths([8, 0.4], [14, 1.5], [18, 8]) },
  },
]

const inland = (colour: Colour): LayerSpecification[] => [
  {
    id: 'base-water',
    type: 'fill',
    source: 'base',
    'source-layer': 'water',
    filter: ['==', ['geometry-type'], 'Polygon'],
    paint: { 'fill-color': colour('map-water') },
  },
]

const rank = (name: string): ExpressionSpecification => ['==', ['get', 'rank'], name]

const road = (
  id: string,
  of: string,
  color: string,
  minzoom: number,
  width: ExpressionSpecification,
): LayerSpecification => ({
  id,
  type: 'line',
  source: 'city',
  'source-layer': 'roads',
  minzoom,
  filter: rank(of),
  layout: { 'line-cap': 'round', 'line-join': 'round' },
  paint: { 'line-color': color, 'line-width': width },
})

const roads = (colour: Colour): LayerSpecification[] => {
  const [line, edge, plain] = [colour('map-road'), colour('map-road-edge'), colour('map-street')]
  return [
    road('street-edge', 'street', edge, 14.5, widths([14, 1.6], [18, 17])),
    road('main-edge', 'main', edge, 12, widths([12, 2], [14, 4], [18, 25])),
    road('fast-edge', 'fast', edge, 10, widths([10, 1.6], [14, 6], [18, 30])),
    road('street-far', 'street', plain, 13, widths([13, 0.5], [14, 0.9], [15, 1.6])),
    road('street', 'street', line, 14.5, widths([14, 0.8], [18, 14])),
    road('main', 'main', line, 11, widths([11, 0.6], [12, 1.1], [14, 2.8], [18, 22])),
    road('fast', 'fast', line, 8, widths([8, 0.8], [10, 1.1], [14, 4.5], [18, 26])),
  ]
}

const boundaries = (colour: Colour): LayerSpecification => ({
  id: 'areas',
  type: 'line',
  source: 'city',
  'source-layer': 'areas',
  minzoom: 11,
  paint: {
    'line-color': colour('line-strong'),
    'line-opacity': 0.35,
    'line-width': 1,
    'line-dasharray': [3, 2.5],
  },
})

const transit = (colour: Colour): LayerSpecification[] => [
  {
    id: 'subway',
    type: 'line',
    source: 'city',
    'source-layer': 'subway',
    layout: { 'line-cap': 'round', 'line-join': 'round' },
    paint: {
      'line-color': ['coalesce', ['get', 'color'], colour('line-strong')],
      'line-opacity': ['interpolate', ['linear'], ['zoom'], 9, 0.35, 13, 0.6],
      'line-width': widths([9, 1], [14, 2.4], [18, 5]),
    },
  },
  {
    id: 'stations',
    type: 'circle',
    source: 'city',
    'source-layer': 'stations',
    minzoom: 12.5,
    paint: {
      'circle-radius': widths([12, 2], [18, 6]),
      'circle-color': colour('map-land'),
      'circle-stroke-color': colour('ink-soft'),
      'circle-stroke-width': 1.5,
    },
  },
]
