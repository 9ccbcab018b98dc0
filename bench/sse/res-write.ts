import { createServer, type ServerResponse } from 'node:http'
import { createInterface } from 'node:readline'

// The same with Node's own `response.write`, as most programs do it. res-write.ts PORT SIZE
const [port, size] = process.argv.slice(2).map(Number) as [number, number]
const chunk = `event: incident\ndata: MARK${'x'.repeat(size - 28)}\n\n`
const all = new Set<ServerResponse>()
createServer((_request, response) => {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  response.flushHeaders()
  all.add(response)
}).listen(port, '127.0.0.1')
createInterface({ input: process.stdin })
  .on('line', () => {
    console.log(String(process.hrtime.bigint()))
    for (const response of all) response.write(chunk)
  })
  .on('close', () => process.exit(0))
