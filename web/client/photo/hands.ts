import { cellPixels } from './mask.ts'
import type { Page } from './page.ts'

/** What fingers and keys do to a picture; places are pixels of the picture. */
export interface Brush {
  radius(): number
  begin(): void
  cover(x: number, y: number): void
  done(): void
  /** Takes back what was begun: it was no stroke. */
  drop(): void
  undo(): void
}

type Canvas = HTMLCanvasElement

/** Shows where the brush is and how large; null takes it away. */
export function showRing(
  page: Page,
  canvas: Canvas,
  at: { x: number; y: number } | null,
  radius = 0,
): void {
  const ring = page.part('ring')
  ring.hidden = at === null
  if (!at) return
  // The stage is left to right in every language: so are pixels.
  ring.style.insetInlineStart = `${(100 * at.x) / canvas.width}%`
  ring.style.insetBlockStart = `${(100 * at.y) / canvas.height}%`
  ring.style.inlineSize = `${(200 * radius) / canvas.width}%`
}

/**
 * One finger covers. Two are the browser's own, which brings the page closer (`touch-action: pinch-zoom`):
 * what the first of them had begun to cover is taken back.
 */
export function hearFingers(page: Page, canvas: Canvas, brush: Brush, signal: AbortSignal): void {
  let last: { x: number; y: number } | null = null
  const at = ({ clientX, clientY }: PointerEvent): { x: number; y: number } => {
    const box = canvas.getBoundingClientRect()
    return {
      x: ((clientX - box.left) * canvas.width) / box.width,
      y: ((clientY - box.top) * canvas.height) / box.height,
    }
  }
  const to = (next: { x: number; y: number }): void => {
    const from = last ?? next
    const steps = Math.ceil(Math.hypot(next.x - from.x, next.y - from.y) / cellPixels) || 1
    for (let step = 1; step <= steps; step++) {
      const share = step / steps
      brush.cover(from.x + (next.x - from.x) * share, from.y + (next.y - from.y) * share)
    }
    last = next
  }
  const drop = (): void => {
    if (last) brush.drop()
    last = null
  }
  const hear = (name: string, does: (event: PointerEvent) => void): void =>
    canvas.addEventListener(name, (event) => does(event as PointerEvent), { signal })
  hear('pointerdown', (event) => {
    if (!event.isPrimary) return drop()
    if (event.button !== 0) return
    canvas.setPointerCapture(event.pointerId)
    brush.begin()
    to(at(event))
  })
  hear('pointermove', (event) => {
    if (!event.isPrimary) return
    showRing(page, canvas, at(event), brush.radius())
    if (last) to(at(event))
  })
  hear('pointerup', (event) => {
    if (!event.isPrimary || !last) return
    last = null
    brush.done()
  })
  hear('pointercancel', drop)
  hear('pointerleave', () => showRing(page, canvas, null))
}

const arrows: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

/** Arrow keys move a ring (with Shift farther), Space or Enter covers what is in it, Backspace takes it back. */
export function hearKeys(page: Page, canvas: Canvas, brush: Brush, signal: AbortSignal): void {
  const ring = { x: canvas.width / 2, y: canvas.height / 2 }
  const show = (): void => showRing(page, canvas, ring, brush.radius())
  const within = (value: number, most: number): number => Math.min(most, Math.max(0, value))
  const keys: Record<string, () => void> = {
    ' ': () => {
      brush.begin()
      brush.cover(ring.x, ring.y)
      brush.done()
    },
    Backspace: () => brush.undo(),
  }
  keys.Enter = keys[' '] as () => void
  canvas.addEventListener(
    'keydown',
    (event) => {
      const [dx, dy] = arrows[event.key] ?? [0, 0]
      if (event.altKey || event.ctrlKey || event.metaKey) return
      if (dx === 0 && dy === 0 && !keys[event.key]) return
      event.preventDefault()
      const step = brush.radius() * (event.shiftKey ? 3 : 0.6)
      ring.x = within(ring.x + dx * step, canvas.width)
      ring.y = within(ring.y + dy * step, canvas.height)
      keys[event.key]?.()
      show()
    },
    { signal },
  )
  const focused = (): void => {
    if (canvas.matches(':focus-visible')) show()
  }
  canvas.addEventListener('focus', focused, { signal })
  canvas.addEventListener('blur', () => showRing(page, canvas, null), { signal })
}
