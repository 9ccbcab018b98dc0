import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl'
import { type Colour, widths } from './paint.ts'

const findings = ['confirmed', 'ended', 'corrected', 'unfounded', 'other-agency'] as const

/** What is known only as an area: its ground and its outline, in the colour of the finding. */
export function areasOfIncidents(colour: Colour): LayerSpecification[] {
  const pairs = findings.flatMap((finding) => [finding, colour(finding)])
  const color = [
    'match',
    ['get', 'status'],
    ...pairs,
    colour('expired'),
  ] as unknown as ExpressionSpecification
  return [
    {
      id: 'incident-areas',
      type: 'fill',
      source: 'incidents',
      paint: { 'fill-color': color, 'fill-opacity': 0.14 },
    },
    {
      id: 'incident-edges',
      type: 'line',
      source: 'incidents',
      paint: { 'line-color': color, 'line-width': 2, 'line-dasharray': [2.5, 1.5] },
    },
  ]
}

/** Letters are drawn by the browser from the page's own faces: no font is fetched for the map. */
export function names(colour: Colour, lang: string): LayerSpecification[] {
  const font = ['Porchlight Arabic', 'Porchlight Bengali', 'system-ui', 'sans-serif']
  const local: ExpressionSpecification = ['coalesce', ['get', `name:${lang}`], ['get', 'name']]
  const halo = {
    'text-halo-color': colour('map-halo'),
    'text-halo-width': 1.6,
    'text-color': colour('ink-soft'),
  }
  const label = (id: string, minzoom: number, size: ExpressionSpecification, maxzoom = 24) =>
    ({
      id,
      type: 'symbol',
      source: 'city',
      'source-layer': id,
      minzoom,
      maxzoom,
      layout: { 'text-field': local, 'text-font': font, 'text-size': size, 'text-max-width': 7 },
      paint: halo,
    }) satisfies LayerSpecification
  const street: LayerSpecification = {
    ...label('street-names', 14, widths([14, 11], [18, 17])),
    'source-layer': 'roads',
    layout: {
      'text-field': ['get', 'name'],
      'text-font': font,
      'text-size': widths([14, 11], [18, 17]),
      'symbol-placement': 'line',
      'symbol-spacing': 350,
      'text-padding': 12,
    },
  }
  const dots = (id: string, minzoom: number): LayerSpecification => {
    const plain = label(id, minzoom, widths([13, 11], [18, 15]))
    return { ...plain, layout: { ...plain.layout, 'text-anchor': 'top', 'text-offset': [0, 0.6] } }
  }
  const large = label('land-names', 8, widths([8, 13], [12, 20]), 12.5)
  return [
    street,
    dots('park-names', 14.5),
    dots('stations-names', 13.5),
    label('area-names', 11, widths([11, 11], [16, 19])),
    { ...large, paint: { ...halo, 'text-color': colour('ink') } },
  ].map((layer) =>
    layer.id === 'stations-names' ? { ...layer, 'source-layer': 'stations' } : layer,
  )
}
