// A door in front of the real program that hands everything on and writes down what was sent with photos and video,
// byte for byte: the browser does not tell what is in a body that is a file. It can lose the line, or refuse, once.
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { BrowserContextOptions } from 'playwright-core'
import type { Journey, Person } from './browser.ts'

/** One upload, as its bytes arrived. */
interface Received {
  method: string
  path: string
  headers: IncomingMessage['headers']
  body: Buffer
}

/** What to answer; `cut` reads everything and then loses the line. */
type Answer = 'cut' | { status: number; code: string; retryAfter?: number }

export interface MediaDoor {
  received: Received[]
  /** What the next uploads are answered instead; when it is empty, the program answers. */
  next: Answer[]
  /** A person who comes in by this door. */
  person(options: BrowserContextOptions): Promise<Person>
  stop(): Promise<void>
}

/** Opens the door; the program must be running. */
export async function startMediaDoor(journey: Journey): Promise<MediaDoor> {
  const server = createServer(async (asked, response) => {
    const parts: Buffer[] = []
    for await (const part of asked) parts.push(part)
    const body = Buffer.concat(parts)
    const { method = '', url: path = '', headers } = asked
    if (!path.startsWith('/api/v1/reports/mine/media'))
      return handOn(journey.program.url, asked, body, response)
    door.received.push({ method, path, headers, body })
    const instead = door.next.shift()
    if (instead) reply(response, instead)
    else handOn(journey.program.url, asked, body, response)
  })
  await new Promise<void>((resolve) => server.listen(0, resolve))
  const address = server.address()
  const baseURL = `http://localhost:${typeof address === 'object' ? address?.port : 0}`
  const door: MediaDoor = {
    received: [],
    next: [],
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
  return door
}

function reply(response: ServerResponse, answer: Answer): void {
  if (answer === 'cut') {
    response.socket?.destroy()
    return
  }
  const { status, code, retryAfter } = answer
  if (retryAfter) response.setHeader('retry-after', String(retryAfter))
  response.writeHead(status, { 'content-type': 'application/problem+json' })
  response.end(JSON.stringify({ code }))
}

function handOn(
  program: string,
  asked: IncomingMessage,
  body: Buffer,
  response: ServerResponse,
): void {
  const { method, url: path, headers } = asked
  const onward = request({ port: new URL(program).port, method, path, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 500, answer.headers)
    answer.pipe(response)
  })
  onward.on('error', () => response.destroy())
  onward.end(body)
}
