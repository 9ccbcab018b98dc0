// The API of photos and video until the server has it: a door in front of the real program that hands
// everything on, but keeps the uploads as their bytes arrived. Delete this file when
// `POST /api/v1/reports/mine/media` is there, and read what was kept.
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { BrowserContextOptions } from 'playwright-core'
import type { Journey, Person } from './browser.ts'
import { textsOf } from './steps.ts'

/** One upload, as its bytes arrived. */
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
  /** What the next uploads are answered; when it is empty, all goes well. */
  next: Answer[]
  /** Whom originals are locked for, as `app.evidenceRecipient` will say; null where none are kept. */
  recipient: string | null
  /** A person who comes in by this door. */
  person(options: BrowserContextOptions): Promise<Person>
  stop(): Promise<void>
}

const mediaId = '00000000-0000-4000-8000-000000000001'

/** Opens the door; the program must be running. */
export async function startMediaApi(journey: Journey): Promise<MediaApi> {
  const server = createServer(async (asked, response) => {
    const parts: Buffer[] = []
    for await (const part of asked) parts.push(part)
    const body = Buffer.concat(parts)
    const { method = '', url: path = '', headers } = asked
    if (!path.startsWith('/api/v1/reports/mine/media'))
      return handOn(journey.program.url, asked, body, response, api.recipient)
    api.received.push({ method, path, headers, body })
    reply(asked, response, api.next.shift() ?? { status: method === 'PUT' ? 204 : 201 })
  })
  await new Promise<void>((resolve) => server.listen(0, resolve))
  const address = server.address()
  const baseURL = `http://localhost:${typeof address === 'object' ? address?.port : 0}`
  const api: MediaApi = {
    received: [],
    next: [],
    recipient: null,
    async person(options) {
      const person = await journey.person({ ...options, baseURL })
      // This door is our origin too.
      await person.context.route(`${baseURL}/**`, (route) => route.continue())
      return person
    },
    stop: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
  return api
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
  if (code) response.end(JSON.stringify({ code }))
  else response.end(method === 'PUT' ? '' : JSON.stringify({ id: mediaId, kind: 'photo' }))
}

function handOn(
  program: string,
  asked: IncomingMessage,
  body: Buffer,
  response: ServerResponse,
  recipient: string | null,
): void {
  const page = recipient !== null && asked.url?.endsWith('/receipt/photo')
  const headers = { ...asked.headers, ...(page && { 'accept-encoding': 'identity' }) }
  const { port } = new URL(program)
  const onward = request({ port, method: asked.method, path: asked.url, headers }, (answer) => {
    // What is changed is longer than it says it is.
    if (page) delete answer.headers['content-length']
    response.writeHead(answer.statusCode ?? 500, answer.headers)
    if (!page) return answer.pipe(response)
    const parts: Buffer[] = []
    answer.on('data', (part) => parts.push(part))
    answer.on('end', () => response.end(withRecipient(Buffer.concat(parts).toString(), recipient)))
  })
  onward.on('error', () => response.destroy())
  onward.end(body)
}

/** The real page, with what it has where the program knows a recipient. */
function withRecipient(html: string, recipient: string): string {
  const t = textsOf(/ lang="(.+?)"/.exec(html)?.[1] ?? 'en')
  return html
    .replace(/ data-photo(="")? /, ` data-photo data-recipient="${recipient}" `)
    .replace(/<label for="photo-tick".*?<\/label>/s, (tick) => {
      const original = tick
        .replaceAll('photo-tick', 'photo-original')
        .replace(t('reports.photo.tick'), t('reports.photo.original'))
      return tick + original
    })
}
