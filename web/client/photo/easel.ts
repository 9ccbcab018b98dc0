import { mosaicOf, paintCells, paintMask, paintMosaic } from './covers.ts'
import { type Brush, hearFingers, hearKeys, showRing } from './hands.ts'
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
      showRing(page, canvas, null)
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

function brushRadius(page: Page, { width, height }: Subject): number {
  const chosen = page.root.querySelector<HTMLInputElement>('input[name="brush"]:checked')
  return Math.max(cellPixels, Math.max(width, height) * (brushes[chosen?.value ?? ''] ?? 0.05))
}
