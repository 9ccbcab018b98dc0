import { measures } from './measures.ts'

/** One request that may take long. */
export interface Upload {
  method: 'POST' | 'PUT'
  address: string
  headers: Record<string, string>
  body: Blob
}

/** What whoever waits is told meanwhile. */
export interface Hearing {
  /** How much has left, 0 to 1. */
  progress(share: number): void
  /** The line was lost, or the server is busy, and it is tried again. */
  again(why: 'lost' | 'busy'): void
}

/** What the server said. `code` is that of its problem, `lost` when no answer came at all. */
export interface Answer {
  ok: boolean
  code: string
  retryAfterSeconds: number
  body: { id?: string; kind?: string }
}

const lost: Answer = { ok: false, code: 'lost', retryAfterSeconds: 0, body: {} }

/**
 * Sends it, and again after a lost line or where the server says that it is busy, at most four times. Every
 * try is the same request: with its idempotency key it is one upload, whichever of them arrived.
 */
export async function send(upload: Upload, hear: Hearing, signal: AbortSignal): Promise<Answer> {
  for (const seconds of measures.retrySeconds) {
    const answer = await sendOnce(upload, hear, signal)
    const busy = answer.code.endsWith('/media-busy')
    if (answer.code !== 'lost' && !busy) return answer
    hear.again(busy ? 'busy' : 'lost')
    const wait = busy
      ? Math.min(answer.retryAfterSeconds || seconds, measures.busySeconds)
      : seconds
    await pause(wait, signal)
  }
  return sendOnce(upload, hear, signal)
}

/** `fetch` cannot say how much has left; XMLHttpRequest can. Rejects only when `signal` ends it. */
function sendOnce(upload: Upload, hear: Hearing, signal: AbortSignal): Promise<Answer> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted()
    const request = new XMLHttpRequest()
    const stop = (): void => request.abort()
    request.open(upload.method, upload.address)
    for (const [name, value] of Object.entries(upload.headers))
      request.setRequestHeader(name, value)
    request.upload.addEventListener('progress', ({ loaded, total }) =>
      hear.progress(total > 0 ? loaded / total : 0),
    )
    request.addEventListener('load', () => resolve(answerOf(request)))
    for (const end of ['error', 'timeout']) request.addEventListener(end, () => resolve(lost))
    request.addEventListener('abort', () => reject(signal.reason))
    request.addEventListener('loadend', () => signal.removeEventListener('abort', stop))
    signal.addEventListener('abort', stop)
    request.send(upload.body)
  })
}

function answerOf(request: XMLHttpRequest): Answer {
  const { status } = request
  const retryAfterSeconds = Number(request.getResponseHeader('retry-after')) || 0
  const body = bodyOf(request.responseText)
  const ok = status >= 200 && status < 300
  const code = ok ? '' : String(body.code ?? `http/${status}`)
  return { ok, code, retryAfterSeconds, body }
}

function bodyOf(text: string): Answer['body'] & { code?: unknown } {
  try {
    return JSON.parse(text) ?? {}
  } catch {
    return {}
  }
}

function pause(seconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, seconds * 1000)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      reject(signal.reason)
    })
  })
}
