// The map itself: our own tiles and style, drawn by MapLibre GL; loaded by client/map.ts.
import { chooseOn } from './choose.ts'
import { fetchIncidents, showIncidents } from './incidents.ts'
import { openMap } from './open-map.ts'

async function start(root: HTMLElement): Promise<void> {
  const status = root.querySelector<HTMLElement>('[data-map-status]')
  try {
    const choose = root.dataset.map === 'choose'
    const incidents = choose ? Promise.resolve([]) : fetchIncidents(root)
    const [map] = await Promise.all([openMap(root), incidents])
    if (choose) chooseOn(map, root)
    else await showIncidents(map, root, incidents)
    if (status) status.textContent = root.dataset.ready ?? ''
    root.dataset.state = 'ready'
  } catch {
    // No WebGL, or the line broke: the list has everything, and the frame would be an empty box.
    root.querySelector('[data-map-frame]')?.setAttribute('hidden', '')
    if (status) status.textContent = root.dataset.failed ?? ''
    root.dataset.state = 'failed'
  }
}

const root = document.querySelector<HTMLElement>('[data-map]')
if (root) void start(root)
