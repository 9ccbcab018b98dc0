// Loaded only when somebody chose a photo or video, and anything on the phone can look for faces.
import { together } from './blazeface.ts'
import type { Easel } from './easel.ts'
import type { Box } from './mask.ts'
import { measures } from './measures.ts'
import type { Looker } from './model-faces.ts'
import type { Page } from './page.ts'
import type { Subject } from './subject.ts'

interface FaceDetector {
  detect(picture: CanvasImageSource): Promise<{ boundingBox: Box }[]>
}
type Maker = new (options?: { maxDetectedFaces?: number; fastMode?: boolean }) => FaceDetector

/** Each side of a found face grows by so much of its size: hair, ears and chin name people too. */
const margin = 0.4

/** What came of looking: what was found, and whether all of it was looked at by anybody. */
export interface Looked {
  boxes: Box[]
  looked: boolean
}

/**
 * Looks for faces in a photo, or in moments spread over a video: by the browser where it can
 * (https://wicg.github.io/shape-detection-api/ is in few of them), and by the deployment's model where there
 * is one. Either misses faces that the other finds, and a face left open is worse than a cover too many:
 * what either found counts, with a margin. Rejects when `signal` ends it.
 */
export async function lookForFaces(
  page: Page,
  { subject, easel }: { subject: Subject; easel: Easel },
  signal: AbortSignal,
): Promise<Looked> {
  const looker = await lookerOf(page, signal)
  const canvas = page.part<HTMLCanvasElement>('canvas')
  const moments = momentsOf(subject)
  const effort = {
    most: moments.length > 1 ? measures.faceWindowsInMoment : measures.faceWindows,
    seconds: measures.faceSeconds / moments.length,
  }
  const text = page.word('looking')
  const boxes: Box[] = []
  let [byBrowser, byModel] = [true, true]
  try {
    for (const [at, second] of moments.entries()) {
      if (at > 0) await easel.redraw(second)
      const progress = (share: number): void => page.progress((at + share) / moments.length, text)
      progress(0)
      const [seen, modelled] = await Promise.all([
        facesIn(canvas),
        looker?.look(canvas, effort, progress) ?? null,
      ])
      signal.throwIfAborted()
      byBrowser &&= seen !== null
      byModel &&= modelled !== null
      boxes.push(...(seen ?? []), ...(modelled ?? []))
    }
  } finally {
    looker?.close()
    if (moments.length > 1) await easel.redraw(0)
  }
  return { boxes: together(boxes).map(grown), looked: byBrowser || byModel }
}

/** A cover stays where it is for the whole video: what passes at any of these moments is covered in all. */
const momentsOf = ({ kind, seconds }: Subject): number[] =>
  kind === 'photo'
    ? [0]
    : Array.from(
        { length: measures.faceMoments },
        (_, at) => (at * seconds) / (measures.faceMoments - 1),
      )

/** Null where no model is configured, and where what runs it does not come or does not start. */
async function lookerOf(page: Page, signal: AbortSignal): Promise<Looker | null> {
  const { faceModel } = page.root.dataset
  if (!faceModel) return null
  const looker = await import('./model-faces.ts')
    .then(({ startLooker }) => startLooker(faceModel, signal))
    .catch(() => null)
  signal.throwIfAborted()
  return looker
}

/** The faces that the browser itself finds; null where it cannot look for any. */
async function facesIn(picture: CanvasImageSource): Promise<Box[] | null> {
  const Detector = (window as { FaceDetector?: Maker }).FaceDetector
  if (!Detector) return null
  try {
    const found = await new Detector({ maxDetectedFaces: 50, fastMode: false }).detect(picture)
    return found.map(({ boundingBox: { x, y, width, height } }) => ({ x, y, width, height }))
  } catch {
    // It is there, but the phone has nothing behind it.
    return null
  }
}

const grown = ({ x, y, width, height }: Box): Box => ({
  x: x - width * margin,
  y: y - height * margin,
  width: width * (1 + 2 * margin),
  height: height * (1 + 2 * margin),
})
