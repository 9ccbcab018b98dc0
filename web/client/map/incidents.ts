import { type GeoJSONSource, type Map as MapLibre, Marker } from 'maplibre-gl'
import { middleOf, type Shape } from './middle.ts'
import { still } from './open-map.ts'
import { sheetOf } from './sheet.ts'

/** An incident as the public list has it. */
export interface Incident {
  id: string
  geometry: Shape | null
  properties: { status: string; placeLabel: string; precision: 'corner' | 'wide' | 'neighbourhood' }
}

/** What the map calls an incident: the words of the list where it is there, else those of the record. */
export interface Told {
  incident: Incident
  word: string
  place: string
  href: string
}

/** Marks every incident of the list, asked for before the map was there; again whenever the page hears that there is news. */
export async function showIncidents(
  map: MapLibre,
  root: HTMLElement,
  first: Promise<Incident[]>,
): Promise<void> {
  const sheet = sheetOf(map, root)
  let marks: Marker[] = []
  const draw = async (incidents: Promise<Incident[]>): Promise<void> => {
    const focused = document.activeElement?.closest<HTMLElement>('[data-mark-of]')?.dataset.markOf
    const shown = tell(await incidents, root)
    for (const mark of marks) mark.remove()
    marks = place(shown, root).map(({ mark, told }) => {
      const element = mark.getElement()
      element.addEventListener('click', () => sheet.show(told))
      element.addEventListener('focusin', () => seek(map, mark))
      return mark.addTo(map)
    })
    drawAreas(map, shown)
    if (focused) root.querySelector<HTMLElement>(`[data-mark-of="${focused}"] button`)?.focus()
    sheet.linkList(shown)
  }
  await draw(first)
  document.addEventListener('porchlight:incident', () => {
    void draw(fetchIncidents(root)).catch(() => undefined)
  })
}

/** Whoever comes to a mark by keyboard sees it: the map goes there if it lies outside. */
function seek(map: MapLibre, mark: Marker): void {
  const at = mark.getLngLat()
  if (!map.getBounds().contains(at)) map.panTo(at, { animate: !still() })
}

/** The public list as it is now. Rejects where it cannot be had. */
export async function fetchIncidents({ dataset }: HTMLElement): Promise<Incident[]> {
  const answer = await fetch(dataset.incidents ?? '', { credentials: 'omit' })
  if (!answer.ok) throw new Error('the list could not be had')
  return ((await answer.json()) as { features: Incident[] }).features
}

const cardOf = (id: string, lang: string): HTMLAnchorElement | null =>
  document.querySelector<HTMLAnchorElement>(
    `main article a[href="/${lang}/live/${CSS.escape(id)}"]`,
  )

function tell(incidents: readonly Incident[], { dataset }: HTMLElement): Told[] {
  const words = JSON.parse(dataset.words ?? '{}') as Record<string, string>
  const lang = dataset.lang ?? 'en'
  return incidents
    .filter(({ geometry }) => geometry !== null)
    .map((incident) => ({
      incident,
      word: words[incident.properties.status] ?? incident.properties.status,
      place: cardOf(incident.id, lang)?.textContent ?? incident.properties.placeLabel,
      href: `/${lang}/live/${incident.id}`,
    }))
}

/** Marks in the order of the list. Those of one place stand under one another, so that each can be had. */
function place(shown: readonly Told[], root: HTMLElement): { mark: Marker; told: Told }[] {
  const taken = new Map<string, number>()
  return shown.map((told) => {
    const { geometry } = told.incident
    const at = middleOf(geometry as Shape)
    const here = taken.get(at.join()) ?? 0
    taken.set(at.join(), here + 1)
    const mark = new Marker({ element: elementOf(told, root), offset: [0, here * 52] })
    return { mark: mark.setLngLat(at), told }
  })
}

/** A corner is a mark on the spot; an area is a label that names it: never a pin where nobody knows. */
function elementOf({ incident, word, place }: Told, root: HTMLElement): HTMLElement {
  const { status, precision } = incident.properties
  const element = document.createElement('div')
  element.dataset.markOf = incident.id
  const button = document.createElement('button')
  button.type = 'button'
  button.className = `mark ${status} ${precision === 'corner' ? 'spot' : 'area'}`
  const sign = root.querySelector(`[data-legend="${status}"] svg`)?.cloneNode(true)
  if (sign) button.append(sign)
  button.setAttribute('aria-label', `${word}: ${place}`)
  if (precision !== 'corner') {
    const name = document.createElement('bdi')
    name.textContent = place
    button.append(name)
  }
  element.append(button)
  // The library would call it a map marker, in English; the button inside has its own words.
  element.setAttribute('role', 'none')
  element.setAttribute('aria-label', '')
  return element
}

/** The outlines of what is known only as an area; the style gives them the colour of the finding. */
function drawAreas(map: MapLibre, shown: readonly Told[]): void {
  const features = shown
    .filter(({ incident }) => incident.properties.precision !== 'corner')
    .map(({ incident: { geometry, properties } }) => ({
      type: 'Feature' as const,
      geometry: geometry as GeoJSON.Geometry,
      properties: { status: properties.status },
    }))
  void map.getSource<GeoJSONSource>('incidents')?.setData({ type: 'FeatureCollection', features })
}
