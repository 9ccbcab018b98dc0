import type { Box } from './mask.ts'

interface Found {
  boundingBox: { x: number; y: number; width: number; height: number }
}
interface FaceDetector {
  detect(picture: CanvasImageSource): Promise<Found[]>
}
type Maker = new (options?: { maxDetectedFaces?: number; fastMode?: boolean }) => FaceDetector

/** Each side of a found face grows by so much of its size: hair, ears and chin name people too. */
const margin = 0.4

/**
 * The faces that the phone itself finds, with a margin; null where this browser cannot look for any
 * (https://wicg.github.io/shape-detection-api/ is in few of them).
 */
export async function facesIn(picture: CanvasImageSource): Promise<Box[] | null> {
  const Detector = (window as { FaceDetector?: Maker }).FaceDetector
  if (!Detector) return null
  try {
    const found = await new Detector({ maxDetectedFaces: 50, fastMode: false }).detect(picture)
    return found.map(({ boundingBox }) => grown(boundingBox))
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
