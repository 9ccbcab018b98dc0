import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { compressed } from './compress.server.ts'

const words = '<p>Nothing confirmed near Ropewalk.</p>'.repeat(200)
const page = (type = 'text/html', body = words): Response =>
  new Response(body, { headers: { 'content-type': type, etag: '"abc"' } })
const asked = (path: string, encoding: string, method = 'GET'): Request =>
  new Request(`http://localhost${path}`, { method, headers: { 'accept-encoding': encoding } })
const bytesOf = async (response: Response): Promise<Buffer> =>
  Buffer.from(await response.arrayBuffer())

describe('a page', () => {
  it.each([
    ['gzip, deflate, br', 'br', brotliDecompressSync],
    ['gzip', 'gzip', gunzipSync],
  ] as const)('is sent to whoever reads "%s" as %s', async (accepts, encoding, unpack) => {
    const response = await compressed(asked('/en/live', accepts), page())
    const bytes = await bytesOf(response)
    expect(response.headers.get('content-encoding')).toBe(encoding)
    expect(response.headers.get('content-length')).toBe(String(bytes.length))
    expect(response.headers.get('etag')).toBe(`"abc-${encoding}"`)
    expect(response.headers.get('vary')).toBe('accept-encoding, accept-language')
    expect(bytes.length).toBeLessThan(words.length / 5)
    expect(unpack(bytes).toString()).toBe(words)
  })
  it.each([
    ['by whoever reads nothing packed', asked('/en/live', 'identity'), page()],
    ['where it tells one person something', asked('/en/receipt', 'br'), page()],
    ['at the desk', asked('/en/desk/me', 'br'), page()],
    ['that answers a form', asked('/en/report', 'br', 'POST'), page()],
    ['that is no page', asked('/en/live', 'br'), page('image/png')],
    ['that is small', asked('/en/live', 'br'), page('text/html', 'short')],
  ])('stays as it is %s', async (_, request, response) => {
    const answer = await compressed(request, response)
    expect(answer.headers.get('content-encoding')).toBeNull()
    expect(answer.headers.get('etag')).toBe('"abc"')
    expect((await bytesOf(answer)).toString()).not.toBe('')
  })
})
