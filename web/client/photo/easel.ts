import { mosaicOf, paintCells, paintMask, paintMosaic } from './covers.ts'
import {
  type Box,
  beginStroke,
  cellPixels,
  coverBox,
  coverDisc,
  newMask,
  undoStroke,
} from './mask.ts'
import type { Page } from './page.ts'
import type { Covering, Subject } from './subject.ts'

/** Where a picture is covered by hand. */
export interface Easel extends Covering {
  /** Draws the picture again, with what is covered; a video at this second. */
  redraw(second?: number): Promise<void>
  coverBoxes(boxes: readonly Box[]): void
  undo(): void
  /** Takes the picture off the screen and stops listening. */
  close(): void
}

/** Radii of the brush as a share of the long side, by the values of the page's choice. */
const brushes: Record<string, number> = { small: 0.02, medium: 0.05, large: 0.12 }

/** Puts a picture on the page's canvas, to be covered by finger, mouse or keyboard. */
export function makeEasel(page: Page, subject: Subject): Easel {
  const canvas = page.part<HTMLCanvasElement>('canvas')
  canvas.width = subject.width
  canvas.height = subject.height
  const pen = canvas.getContext('2d', { alpha: false })
  if (!pen) throw new Error('no canvas')
  const mask = newMask(subject.width, subject.height)
  const listening = new AbortController()
  let shown = 0
  let drawing = Promise.resolve()

  const draw = async (second: number): Promise<void> => {
    // Of many moves of the slider only the last counts.
    if (second !== shown || listening.signal.aborted) return
    await subject.draw(pen, second)
    if (listening.signal.aborted) return
    if (easel.everything) paintMosaic(pen, mosaicOf(canvas, canvas.width, canvas.height))
    paintMask(pen, mask)
  }
  const account = (key: 'covered' | 'undone'): void =>
    page.say(page.word(key, { count: page.number(mask.strokes.length) }))
  const easel: Easel = {
    mask,
    everything: false,
    redraw(second = shown) {
      shown = second
      drawing = drawing.catch(() => undefined).then(() => draw(second))
      return drawing
    },
    coverBoxes(boxes) {
      for (const box of boxes) {
        beginStroke(mask)
        paintCells(pen, mask, coverBox(mask, box))
      }
    },
    undo() {
      undoStroke(mask)
      account('undone')
      void easel.redraw()
    },
    close() {
      listening.abort()
      canvas.width = canvas.height = 1
      page.part('ring').hidden = true
    },
  }
  const brush: Brush = {
    radius: () => brushRadius(page, subject),
    begin: () => beginStroke(mask),
    cover: (x, y) => paintCells(pen, mask, coverDisc(mask, x, y, brush.radius())),
    done: () => account('covered'),
    drop: () => {
      undoStroke(mask)
      void easel.redraw()
    },
    undo: easel.undo,
  }
  hearFingers(page, canvas, brush, listening.signal)
  hearKeys(page, canvas, brush, listening.signal)
  return easel
}

interface Brush {
  radius(): number
  begin(): void
  cover(x: number, y: number): void
  done(): void
  /** Takes back what was begun: it was no stroke. */
  drop(): void
  undo(): void
}

function brushRadius(page: Page, { width, height }: Subject): number {
  const chosen = page.root.querySelector<HTMLInputElement>('input[name="brush"]:checked')
  return Math.max(cellPixels, Math.max(width, height) * (brushes[chosen?.value ?? ''] ?? 0.05))
}

type Canvas = HTMLCanvasElement

/** Shows where the brush is and how large; null takes it away. */
function showRing(
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
function hearFingers(page: Page, canvas: Canvas, brush: Brush, signal: AbortSignal): void {
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
function hearKeys(page: Page, canvas: Canvas, brush: Brush, signal: AbortSignal): void {
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
