import { type Box, boxOf, type Mask } from './mask.ts'

/** A drawing surface of a page or of memory. */
export type Pen = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D

/**
 * The colour of every cover. Flat and opaque, and not a blur and not a fine mosaic: both keep enough of a
 * face for a trained network to name it (McPherson, Shokri, Shmatikov, "Defeating Image Obfuscation with
 * Deep Learning", arXiv 1609.00408), and of letters for them to be read again (Hill et al., "On the
 * (In)effectiveness of Mosaicing and Blurring as Tools for Document Redaction", PoPETs 2016).
 */
const coverColour = '#5b6b7b'

/** Blocks along the long side when everything is covered: a face that fills a fifth of the picture is three. */
const mosaicBlocks = 16
/** What is added to each block and channel at most, and how many steps a channel keeps. */
const noise = 24
const channelSteps = 8

/** Covers cells of what is drawn. */
export function paintCells(pen: Pen, mask: Mask, cells: Iterable<number>): void {
  pen.fillStyle = coverColour
  for (const cell of cells) {
    const { x, y, width, height }: Box = boxOf(mask, cell)
    pen.fillRect(x, y, width, height)
  }
}

/** Covers everything that the mask says. */
export function paintMask(pen: Pen, mask: Mask): void {
  paintCells(pen, mask, coveredCells(mask))
}

function* coveredCells({ cells }: Mask): Generator<number> {
  for (const [cell, covered] of cells.entries()) if (covered === 1) yield cell
}

/** A picture of the same shape with so few, so coarse and so noisy blocks that only large shapes stay. */
export function mosaicOf(
  source: CanvasImageSource,
  width: number,
  height: number,
): OffscreenCanvas {
  const scale = mosaicBlocks / Math.max(width, height)
  const small = new OffscreenCanvas(
    Math.max(1, Math.round(width * scale)),
    Math.max(1, Math.round(height * scale)),
  )
  const pen = small.getContext('2d', { willReadFrequently: true })
  if (!pen) throw new Error('no canvas')
  pen.imageSmoothingQuality = 'high'
  pen.drawImage(source, 0, 0, small.width, small.height)
  const picture = pen.getImageData(0, 0, small.width, small.height)
  roughen(picture.data)
  pen.putImageData(picture, 0, 0)
  return small
}

/** Draws a mosaic over everything, its blocks with hard edges. */
export function paintMosaic(pen: Pen, mosaic: OffscreenCanvas): void {
  pen.imageSmoothingEnabled = false
  pen.drawImage(mosaic, 0, 0, pen.canvas.width, pen.canvas.height)
  pen.imageSmoothingEnabled = true
}

/** Noise that no program can guess, then few steps a channel: an average of the blocks gives less away. */
function roughen(data: Uint8ClampedArray): void {
  const random = crypto.getRandomValues(new Uint8Array(data.length))
  const step = 255 / (channelSteps - 1)
  for (const [at, value] of data.entries()) {
    if (at % 4 === 3) continue
    const noisy = value + (((random[at] ?? 0) / 255) * 2 - 1) * noise
    data[at] = Math.round(noisy / step) * step
  }
}
