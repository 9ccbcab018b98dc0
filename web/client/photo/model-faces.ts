// Loaded only where the deployment configured a model, and only when somebody chose a photo or video.
import type { Ask, Effort, Told } from '../faces-worker.ts'
import workerScript from '../faces-worker.ts?worker&url'
import { trustedWorker } from '../trusted-worker.ts'
import type { Box } from './mask.ts'
import { measures } from './measures.ts'

/** Looks for faces by a model, in a worker of its own. */
export interface Looker {
  /**
   * The faces in a picture as the model sees them, without a margin; null where it could not look: it did not
   * come, does not fit, or took too long. After that every answer is null. Rejects when the signal ends it.
   */
  look(
    picture: HTMLCanvasElement,
    effort: Effort,
    progress: (share: number) => void,
  ): Promise<Box[] | null>
  /** Lets go of the model and of every picture. */
  close(): void
}

/** Starts the worker; `signal` ends it at once. */
export function startLooker(model: string, signal: AbortSignal): Looker {
  const worker = new Worker(trustedWorker('porchlight-faces', workerScript), { type: 'module' })
  let over = false
  const close = (): void => {
    over = true
    worker.terminate()
  }
  signal.addEventListener('abort', close)
  return {
    close,
    async look(picture, effort, progress) {
      if (over) return null
      const boxes = await ask(worker, picture, { model, ...effort }, progress, signal).catch(
        () => null,
      )
      signal.throwIfAborted()
      if (!boxes) close()
      return boxes
    },
  }
}

async function ask(
  worker: Worker,
  picture: HTMLCanvasElement,
  what: Omit<Ask, 'picture'>,
  progress: (share: number) => void,
  signal: AbortSignal,
): Promise<Box[] | null> {
  const bitmap = await createImageBitmap(picture)
  signal.throwIfAborted()
  const answer = answered(worker, progress, signal)
  worker.postMessage({ ...what, picture: bitmap } satisfies Ask, [bitmap])
  return answer
}

function answered(
  worker: Worker,
  progress: (share: number) => void,
  signal: AbortSignal,
): Promise<Box[] | null> {
  return new Promise((resolve, reject) => {
    const done = new AbortController()
    const end = (boxes: Box[] | null): void => {
      done.abort()
      resolve(boxes)
    }
    const heard = ({ data }: MessageEvent<Told>): void => {
      if ('share' in data) progress(data.share)
      else end('boxes' in data ? data.boxes : null)
    }
    worker.addEventListener('message', heard, { signal: done.signal })
    // It did not start, or the phone ran out of memory.
    worker.addEventListener('error', () => end(null), { signal: done.signal })
    const late = setTimeout(() => end(null), measures.faceWaitSeconds * 1000)
    done.signal.addEventListener('abort', () => clearTimeout(late))
    const stop = (): void => {
      done.abort()
      reject(signal.reason)
    }
    signal.addEventListener('abort', stop, { signal: done.signal })
  })
}
