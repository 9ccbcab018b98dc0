// The API of photos and video until the server has it: a server of its own that keeps what came in over
// the wire. Delete this file when `POST /api/v1/reports/mine/media` is there, and read what was kept.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Page } from 'playwright-core'
import { textsOf } from './steps.ts'

/** One request, as its bytes arrived. */
interface Received {
  method: string
  path: string
  headers: IncomingMessage['headers']
  body: Buffer
}

/** What to answer; `cut` reads everything and then loses the line. */
type Answer = 'cut' | { status: number; code?: string; retryAfter?: number }

export interface MediaApi {
  received: Received[]
  /** What the next requests are answered; when it is empty, all goes well. */
  next: Answer[]
  /** Hands the page's uploads to this server. */
  answer(page: Page): Promise<void>
  stop(): Promise<void>
}

const mediaId = '00000000-0000-4000-8000-000000000001'

export async function startMediaApi(): Promise<MediaApi> {
  const received: Received[] = []
  const next: Answer[] = []
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part)
    const { method = '', url: path = '', headers } = request
    received.push({ method, path, headers, body: Buffer.concat(parts) })
    reply(request, response, next.shift() ?? { status: method === 'PUT' ? 204 : 201 })
  })
  await new Promise<void>((resolve) => server.listen(0, resolve))
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : 0
  return {
    received,
    next,
    answer: (page) =>
      page.route('**/api/v1/reports/mine/media**', (route) => {
        const url = new URL(route.request().url())
        url.port = String(port)
        return route.continue({ url: url.href })
      }),
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

function reply({ method }: IncomingMessage, response: ServerResponse, answer: Answer): void {
  if (answer === 'cut') {
    response.socket?.destroy()
    return
  }
  const { status, code, retryAfter } = answer
  if (retryAfter) response.setHeader('retry-after', String(retryAfter))
  response.setHeader('content-type', code ? 'application/problem+json' : 'application/json')
  response.writeHead(status)
  response.end(
    method === 'PUT' && !code
      ? ''
      : JSON.stringify(code ? { code } : { id: mediaId, kind: 'photo' }),
  )
}

/** Makes the page one of a deployment that keeps originals, as `app.evidenceRecipient` will. */
export async function giveRecipient(page: Page, recipient: string, lang = 'en'): Promise<void> {
  const t = textsOf(lang)
  await page.route(`**/${lang}/receipt/photo`, async (route) => {
    const response = await route.fetch()
    const html = (await response.text())
      .replace('data-photo ', `data-photo data-recipient="${recipient}" `)
      .replace(/<label for="photo-tick".*?<\/label>/s, (tick) => {
        const original = tick
          .replaceAll('photo-tick', 'photo-original')
          .replace(t('reports.photo.tick'), t('reports.photo.original'))
        return tick + original
      })
    await route.fulfill({ response, body: html })
  })
}
