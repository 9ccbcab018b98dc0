import { createServer } from 'node:http'
import { expect, test } from 'vitest'
import { recordSpan, startTracing } from './tracing.ts'

test('spans reach the collector that the operator named, and only their names and numbers', async () => {
  const bodies: string[] = []
  const collector = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => (body += chunk))
    request.on('end', () => {
      bodies.push(`${request.url} ${body}`)
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
    })
  })
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve))
  const { port } = collector.address() as { port: number }
  const tracing = await startTracing(`http://127.0.0.1:${port}`)
  recordSpan('GET /api/v1/incidents/:id', { milliseconds: 12, status: 200 })
  recordSpan('job incidents:link', { milliseconds: 3, failed: true })
  await tracing.stop()
  collector.close()
  expect(bodies.join('\n')).toContain('/v1/traces')
  expect(bodies.join('\n')).toContain('GET /api/v1/incidents/:id')
  expect(bodies.join('\n')).toContain('job incidents:link')
})

test('without a collector nothing is started and recording is harmless', async () => {
  const tracing = await startTracing(undefined)
  recordSpan('GET /healthz', { milliseconds: 1, status: 200 })
  await expect(tracing.stop()).resolves.toBeUndefined()
})
