import { measures } from './measures.ts'
import type { Page, Step } from './page.ts'
import { type Answer, type Hearing, send } from './send.ts'

/** What was sent: the copy always; the original as asked for. */
export interface Sent {
  original: 'not-asked' | 'kept' | 'failed' | 'too-large'
}

const address = '/api/v1/reports/mine/media'

/** The words for each problem the server may have with it; anything else is ours. */
const words: Record<string, string> = {
  lost: 'lost',
  'reports/media-too-large': 'too-large',
  'reports/media-kind': 'refused',
  'reports/media-unreadable': 'refused',
  'reports/too-many-media': 'too-many',
  'reports/unknown-receipt': 'unknown-receipt',
  'reports/retracted': 'retracted',
  'reports/media-busy': 'busy',
}

/**
 * Makes what sends one file: the clean copy, then the original if it is ticked. Null when the copy could
 * not be sent; the page says why, and the same bytes go again under the same key.
 */
export function senderOf(page: Page, file: File) {
  const keys = new WeakMap<Blob, string>()
  const keyOf = (made: Blob): string => {
    const key = keys.get(made) ?? newKey()
    keys.set(made, key)
    return key
  }
  return async (made: Blob, signal: AbortSignal): Promise<Sent | null> => {
    const most = made.type === 'image/jpeg' ? measures.photoBytes : measures.videoBytes
    if (made.size > most) return refuse(page, 'too-large')
    return whileBusy(page, 'look', signal, async (stop) => {
      const copy = await send(
        {
          method: 'POST',
          address,
          headers: { ...headersOf(page, made.type), 'Idempotency-Key': keyOf(made) },
          body: made,
        },
        hearing(page, 'sending'),
        stop,
      )
      if (!copy.ok) return refuse(page, words[copy.code] ?? 'unexpected')
      return { original: await sendOriginal(page, file, copy, stop) }
    })
  }
}

/** A picture that was sent stays sent, whatever becomes of its original. */
async function sendOriginal(
  page: Page,
  file: File,
  { body: { id = '' } }: Answer,
  signal: AbortSignal,
): Promise<Sent['original']> {
  const { recipient } = page.root.dataset
  if (!recipient || !page.part<HTMLInputElement>('original').checked) return 'not-asked'
  if (file.size > measures.originalBytes) return 'too-large'
  page.progress(0, page.word('sealing'))
  const { sealFor } = await import('./seal.ts')
  const sealed = await sealFor(recipient, file).catch(() => null)
  if (!sealed) return 'failed'
  if (sealed.size > measures.originalBytes) return 'too-large'
  const answer = await send(
    {
      method: 'PUT',
      address: `${address}/${encodeURIComponent(id)}/original`,
      headers: headersOf(page, 'application/octet-stream'),
      body: sealed,
    },
    hearing(page, 'sealing'),
    signal,
  )
  return answer.ok ? 'kept' : 'failed'
}

const headersOf = (page: Page, type: string): Record<string, string> => ({
  // From the page itself, where the server put it: never in the address, never kept.
  Authorization: `Receipt ${page.part<HTMLInputElement>('receipt').value}`,
  'Content-Type': type,
})

const hearing = (page: Page, word: string): Hearing => ({
  progress: (share) => page.progress(share, page.word(word)),
  again: (why) => page.progress(0, page.word(why === 'busy' ? 'busy-again' : 'lost-again')),
})

function refuse(page: Page, word: string): null {
  page.fail(page.word(word))
  return null
}

/** Shows that it works, takes no other press meanwhile but "Stop", and gives the page back after. */
export async function whileBusy<T>(
  page: Page,
  step: Step,
  signal: AbortSignal,
  work: (stop: AbortSignal) => Promise<T | null>,
): Promise<T | null> {
  const stopped = new AbortController()
  const stop = page.part('stop')
  const press = (): void => stopped.abort()
  stop.addEventListener('click', press)
  stop.hidden = false
  page.busy(step, true)
  try {
    return await work(AbortSignal.any([signal, stopped.signal]))
  } catch (error) {
    // Stopped by its owner: the picture is still there.
    if (stopped.signal.aborted && !signal.aborted) return null
    throw error
  } finally {
    stop.removeEventListener('click', press)
    stop.hidden = true
    page.busy(step, false)
    page.progress(null)
  }
}

/** A random key (RFC 9562, version 4); `randomUUID` is missing where the address is not https. */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}
