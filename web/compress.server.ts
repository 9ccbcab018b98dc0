import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

const packers = {
  br: (bytes: Buffer) =>
    promisify(brotliCompress)(bytes, {
      params: {
        // As small as gzip makes it at its best, in a third of its time.
        [constants.BROTLI_PARAM_QUALITY]: 5,
        [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    }),
  gzip: (bytes: Buffer) => promisify(gzip)(bytes, { level: 6 }),
}

/** Below this a page fits one packet anyway. */
const fewestBytes = 1200

/**
 * Pages that tell one person something: how well they compress would tell whoever listens on the
 * line what of it was guessed right (BREACH), so they are sent as they are.
 */
const personal = /^\/[^/]+\/(desk|receipt|check|demo)(\/|$)/

/** A page as small as the browser can read it. Scripts and styles were compressed when they were built. */
export async function compressed(request: Request, response: Response): Promise<Response> {
  const accepted = request.headers.get('accept-encoding') ?? ''
  const encoding = /\bbr\b/.test(accepted) ? 'br' : /\bgzip\b/.test(accepted) ? 'gzip' : null
  const html = response.headers.get('content-type')?.startsWith('text/html')
  const { pathname } = new URL(request.url)
  if (!html || request.method !== 'GET' || !response.body || personal.test(pathname))
    return response
  // The front chose the language where the address names none; this header replaces its own.
  response.headers.set('vary', 'accept-encoding, accept-language')
  const bytes = Buffer.from(await response.arrayBuffer())
  const { status, headers } = response
  if (!encoding || bytes.length < fewestBytes) return new Response(bytes, { status, headers })
  const packed = await packers[encoding](bytes)
  headers.set('content-encoding', encoding)
  headers.set('content-length', String(packed.length))
  // Other bytes, another validator.
  const etag = headers.get('etag')
  if (etag) headers.set('etag', etag.replace(/"$/, `-${encoding}"`))
  return new Response(new Uint8Array(packed), { status, headers })
}
