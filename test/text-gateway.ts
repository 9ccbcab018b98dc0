import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What came to a gateway on this machine, as it came. */
export interface Handed {
  method: string
  url: URL
  headers: IncomingMessage['headers']
  body: string
}

/** A server that takes messages as a provider does: `status` is what it answers next. */
export async function startGateway() {
  const handed: Handed[] = []
  const answers: { status: number; body?: string }[] = []
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    const url = new URL(request.url ?? '/', 'http://gateway')
    const { method = '', headers } = request
    handed.push({ method, url, headers, body: Buffer.concat(parts).toString('utf8') })
    const { status, body = '{}' } = answers.shift() ?? { status: 200 }
    response.writeHead(status, { location: 'http://127.0.0.1:1/' }).end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    port,
    handed,
    answers,
    stop: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
