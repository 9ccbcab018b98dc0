// Faces by the model that the deployment configured: TensorFlow.js in plain JavaScript, beside the page, so
// that the page never stands still. Started only when there is a model and a photo or video was chosen.
import './photo/no-wasm.ts'
import '@tensorflow/tfjs-backend-cpu'
import { type GraphModel, loadGraphModel } from '@tensorflow/tfjs-converter'
import { type Tensor, tensor4d, tidy } from '@tensorflow/tfjs-core'
import { facesOf, inputSide } from './photo/blazeface.ts'
import type { Box } from './photo/mask.ts'
import { type Window, windowsOf } from './photo/windows.ts'

/** How much of a picture is looked at: so many squares of it at most, for so many seconds at most. */
export interface Effort {
  most: number
  seconds: number
}

/** What the page asks. */
export interface Ask extends Effort {
  model: string
  picture: ImageBitmap
}

/** What it hears: how far it is (0 to 1), and in the end the faces, or that there is no knowing. */
export type Told = { share: number } | { boxes: Box[] } | { failed: true }

const tell = (told: Told): void => postMessage(told)

let loading: Promise<GraphModel> | null = null

addEventListener('message', async ({ data }: MessageEvent<Ask>) => {
  const { picture } = data
  try {
    loading ??= loadGraphModel(data.model)
    tell({ boxes: lookAt(picture, await loading, data) })
  } catch {
    tell({ failed: true })
  } finally {
    picture.close()
  }
})

function lookAt(picture: ImageBitmap, model: GraphModel, { most, seconds }: Ask): Box[] {
  const canvas = new OffscreenCanvas(inputSide, inputSide)
  const pen = canvas.getContext('2d', { willReadFrequently: true, alpha: false })
  if (!pen) throw new Error('no canvas')
  pen.imageSmoothingQuality = 'high'
  const windows = windowsOf(picture.width, picture.height, most)
  const until = performance.now() + seconds * 1000
  const boxes: Box[] = []
  for (const [at, window] of windows.entries()) {
    // The largest squares come first: a slow phone has looked at the whole picture at least.
    if (at > 0 && performance.now() > until) break
    boxes.push(...facesInWindow(model, pixelsOf(pen, picture, window), window))
    tell({ share: (at + 1) / windows.length })
  }
  return boxes
}

/** What the model sees of a square: its pixels from -1 to 1, and black where the picture ends. */
function pixelsOf(
  pen: OffscreenCanvasRenderingContext2D,
  picture: ImageBitmap,
  { x, y, side }: Window,
): Float32Array {
  const scale = inputSide / side
  pen.fillRect(0, 0, inputSide, inputSide)
  pen.drawImage(picture, -x * scale, -y * scale, picture.width * scale, picture.height * scale)
  const { data } = pen.getImageData(0, 0, inputSide, inputSide)
  const pixels = new Float32Array(inputSide * inputSide * 3)
  for (let at = 0; at < pixels.length; at++)
    pixels[at] = (data[Math.floor(at / 3) * 4 + (at % 3)] ?? 0) / 127.5 - 1
  return pixels
}

function facesInWindow(model: GraphModel, pixels: Float32Array, { x, y, side }: Window): Box[] {
  const scale = side / inputSide
  const faces = tidy(() => {
    const answer = model.predict(tensor4d(pixels, [1, inputSide, inputSide, 3])) as Tensor
    return facesOf(answer.dataSync<'float32'>(), answer.shape) as never
  }) as Box[]
  return faces.map((face) => ({
    x: x + face.x * scale,
    y: y + face.y * scale,
    width: face.width * scale,
    height: face.height * scale,
  }))
}
