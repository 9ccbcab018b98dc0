import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { limits } from '../src/kernel/limits.ts'
import { type TestApp, testApp } from './harness.ts'

let app: TestApp
let port: number
beforeAll(async () => {
  app = await testApp()
  port = Number(new URL(await app.server.listen({ port: 0, host: '127.0.0.1' })).port)
})
afterEach(() => vi.useRealTimers())
afterAll(() => app.stop())

/** Begins a request whose body never ends; answers what comes back, and when the server has seen it. */
async function begin(bytes: number): Promise<{ heard: () => string; close(): void }> {
  const seen = once(app.server.server, 'request')
  const socket = connect(port, '127.0.0.1')
  let text = ''
  socket.on('data', (part) => {
    text += part
  })
  socket.write(
    `POST /api/v1/reports HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${bytes}\r\n\r\n{`,
  )
  await seen
  return { heard: () => text, close: () => socket.destroy() }
}

test('a request that does not arrive in time is told so, and not before', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const bytes = 32 * 1024
  const { heard, close } = await begin(bytes)
  const allowed = (limits.requestSeconds + bytes / limits.requestBytesPerSecond) * 1000
  vi.advanceTimersByTime(allowed - 1000)
  await new Promise(setImmediate)
  expect(heard()).toBe('')
  vi.advanceTimersByTime(1001)
  vi.useRealTimers()
  await expect.poll(heard).toMatch(/^HTTP\/1.1 408 /)
  expect(heard()).toContain('kernel/too-slow')
  close()
})
