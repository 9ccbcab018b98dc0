import type { Map as MapLibre } from 'maplibre-gl'
import { still } from './open-map.ts'

/** Half the width of a fingertip: nobody chooses finer than that. */
const fingerPixels = 24
const pauseMilliseconds = 250
/** Metres that one pixel is at zoom 0 on the equator, with tiles of 512 pixels. */
const equatorMetres = 78_271.517

/** How far off the chosen place may be, in whole metres, at a latitude and a zoom. */
export const accuracyMetres = (lat: number, zoom: number): number =>
  Math.ceil((fingerPixels * equatorMetres * Math.cos((lat * Math.PI) / 180)) / 2 ** zoom)

/** The cross in the middle is the place: a tap brings the map there, a button or Enter takes it. */
export function chooseOn(map: MapLibre, root: HTMLElement): void {
  const near = root.querySelector<HTMLElement>('[data-map-near]')
  const use = root.querySelector<HTMLButtonElement>('[data-map-use]')
  const form = root.closest('form')
  let asking: AbortController | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  /** The point stays on this phone: it is not even asked what is near it. */
  const here = root.dataset.point === 'here'

  const ask = async (): Promise<void> => {
    asking?.abort()
    asking = new AbortController()
    const { lat, lng } = map.getCenter()
    const query = new URLSearchParams({ lat: lat.toFixed(5), lon: lng.toFixed(5) })
    const answer = await fetch(`/api/v1/places/nearest?${query}`, {
      signal: asking.signal,
      credentials: 'omit',
    }).catch(() => null)
    if (!answer?.ok || !near) return
    const { place } = (await answer.json()) as { place: { label: string } | null }
    const words = place ? root.dataset.near : root.dataset.outside
    near.textContent = (words ?? '').replace('{corner}', place?.label ?? '')
    if (use) use.disabled = place === null
  }
  const take = (): void => {
    if (!form || use?.disabled) return
    const { lat, lng } = map.getCenter()
    if (here) {
      const detail = { lat, lon: lng }
      return void document.dispatchEvent(new CustomEvent('porchlight:place', { detail }))
    }
    const accuracy = accuracyMetres(lat, map.getZoom())
    const values = { lat: lat.toFixed(5), lon: lng.toFixed(5), accuracy, place: '', placeId: '' }
    for (const [name, value] of Object.entries(values)) {
      const field = form.querySelector<HTMLInputElement>(`input[name="${name}"]`)
      if (field) field.value = String(value)
    }
    form.requestSubmit(form.querySelector<HTMLButtonElement>('[data-find]'))
  }

  map.on('click', ({ lngLat }) => map.easeTo({ center: lngLat, animate: !still() }))
  if (!here)
    map.on('moveend', () => {
      clearTimeout(timer)
      timer = setTimeout(() => void ask(), pauseMilliseconds)
    })
  map.getCanvas().addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return
    event.preventDefault()
    take()
  })
  use?.addEventListener('click', take)
  if (!here) void ask()
}
