import { mosaicOf, type Pen, paintMask, paintMosaic } from './covers.ts'
import { measures } from './measures.ts'
import { plainJpeg } from './plain-jpeg.ts'
import { CannotClean, type Covering, fitted, type Subject } from './subject.ts'

/**
 * Opens a photo: the browser decodes it, turns it as its EXIF says, and only its pixels go on. Throws
 * CannotClean where the browser cannot read it.
 */
export async function openPhoto(file: Blob): Promise<Subject> {
  const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => {
    throw new CannotClean('unreadable')
  })
  const { width, height } = fitted(bitmap.width, bitmap.height, measures.photoSide)
  const clean = new OffscreenCanvas(width, height)
  const pen = penOf(clean)
  // What is transparent would be black in a JPEG.
  pen.fillStyle = '#fff'
  pen.fillRect(0, 0, width, height)
  pen.imageSmoothingQuality = 'high'
  pen.drawImage(bitmap, 0, 0, width, height)
  bitmap.close()
  const draw = async (to: Pen): Promise<void> => {
    to.drawImage(clean, 0, 0)
  }
  return {
    kind: 'photo',
    width,
    height,
    seconds: 0,
    draw,
    encode: (covering) => encode(clean, covering),
    close() {
      clean.width = clean.height = 1
    },
  }
}

/** A canvas to draw on; every browser that can decode has one. */
export function penOf(canvas: OffscreenCanvas): OffscreenCanvasRenderingContext2D {
  const pen = canvas.getContext('2d', { alpha: false })
  if (!pen) throw new CannotClean('hides')
  return pen
}

async function encode(clean: OffscreenCanvas, { mask, everything }: Covering): Promise<Blob> {
  const { width, height } = clean
  const covered = new OffscreenCanvas(width, height)
  const pen = penOf(covered)
  if (everything) paintMosaic(pen, mosaicOf(clean, width, height))
  else pen.drawImage(clean, 0, 0)
  paintMask(pen, mask)
  const jpeg = await covered.convertToBlob({ type: 'image/jpeg', quality: measures.jpegQuality })
  covered.width = covered.height = 1
  return new Blob(plainJpeg(new Uint8Array(await jpeg.arrayBuffer())), { type: 'image/jpeg' })
}

/**
 * Some browsers hand a page false pixels, to keep it from recognising the device; a picture that was
 * drawn would go out as noise. True where pixels come back as they were drawn.
 */
export function pixelsAreTrue(): boolean {
  const pen = penOf(new OffscreenCanvas(16, 16))
  pen.fillStyle = 'rgb(51, 102, 153)'
  pen.fillRect(0, 0, 16, 16)
  const { data } = pen.getImageData(0, 0, 16, 16)
  const wanted = [51, 102, 153, 255]
  // A browser that only disturbs the last bits leaves a picture a picture.
  return data.every((value, at) => Math.abs(value - (wanted[at % 4] ?? 0)) <= 4)
}
