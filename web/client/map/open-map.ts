import { addProtocol, type LngLatBoundsLike, Map as MapLibre, setWorkerUrl } from 'maplibre-gl'
import { Protocol } from 'pmtiles'
import { styleOf } from './style.ts'
import { allowWorker } from './trusted.ts'

/** Movement only where it was not asked to stop. */
export const still = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches

/** Builds the map in its frame and shows it. Rejects where it cannot be drawn or its tiles not be had. */
export function openMap(root: HTMLElement): Promise<MapLibre> {
  const { worker = '', bounds = '' } = root.dataset
  allowWorker(worker)
  setWorkerUrl(worker)
  addProtocol('pmtiles', new Protocol().tile)
  root.querySelector('[data-map-frame]')?.removeAttribute('hidden')
  root.querySelector('[data-map-open]')?.setAttribute('hidden', '')
  const box = JSON.parse(bounds) as [number, number, number, number]
  const map = new MapLibre({
    container: root.querySelector('[data-map-canvas]') as HTMLElement,
    style: styleOf(root.dataset),
    bounds: box,
    fitBoundsOptions: { padding: 12 },
    maxZoom: 18,
    minZoom: 8,
    // Both would have to make HTML of strings, or speak English: ours stand under the map and beside it.
    attributionControl: false,
    locale: { 'Map.Title': root.dataset.keys ?? '' },
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    rollEnabled: false,
    fadeDuration: still() ? 0 : 150,
  })
  map.touchZoomRotate.disableRotation()
  map.keyboard.disableRotation()
  wheelOnlyWithFocus(map)
  controls(map, root, box)
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
    map.setStyle(styleOf(root.dataset), {
      // What is marked on the map stays marked.
      transformStyle: (before, next) => {
        const marked = before?.sources.incidents
        return marked ? { ...next, sources: { ...next.sources, incidents: marked } } : next
      },
    })
  })
  return new Promise((resolve, reject) => {
    map.once('load', () => resolve(map))
    map.once('error', ({ error }) => reject(error))
  })
}

/** A page that is scrolled past a map goes on scrolling; in the map the wheel zooms after a click into it. */
function wheelOnlyWithFocus(map: MapLibre): void {
  const canvas = map.getCanvas()
  map.scrollZoom.disable()
  canvas.addEventListener('focus', () => map.scrollZoom.enable())
  canvas.addEventListener('blur', () => map.scrollZoom.disable())
}

/** Buttons with words for whoever cannot pinch. */
function controls(map: MapLibre, root: HTMLElement, whole: LngLatBoundsLike): void {
  const animate = (): { animate: boolean } => ({ animate: !still() })
  const on = (name: string, act: () => void): void =>
    root.querySelector(`[data-map-${name}]`)?.addEventListener('click', act)
  on('closer', () => void map.zoomIn(animate()))
  on('wider', () => void map.zoomOut(animate()))
  on('whole', () => void map.fitBounds(whole, { padding: 12, ...animate() }))
}
