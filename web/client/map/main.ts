// The map itself: our own tiles and style, drawn by MapLibre GL; loaded by client/map.ts.
import { chooseOn } from './choose.ts'
import { showIncidents } from './incidents.ts'
import { openMap } from './open-map.ts'

async function start(root: HTMLElement): Promise<void> {
  const status = root.querySelector<HTMLElement>('[data-map-status]')
  try {
    const map = await openMap(root)
    if (root.dataset.map === 'choose') chooseOn(map, root)
    else await showIncidents(map, root)
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
