import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { imageSize } from 'image-size'
import type { MediaType } from './kinds.ts'

/** Pixels as the decoders hand them over: four bytes each, rows from the top. */
interface Pixels {
  data: Uint8ClampedArray<ArrayBuffer>
  width: number
  height: number
}

// The decoders were written for a browser's worker and make what they answer with this.
Object.assign(globalThis, {
  ImageData: class {
    data: Uint8ClampedArray
    width: number
    height: number
    constructor(data: Uint8ClampedArray, width: number, height: number) {
      Object.assign(this, { data, width, height })
      this.data = data
      this.width = width
      this.height = height
    }
  },
})

const require = createRequire(import.meta.url)
const compiled = (path: string): WebAssembly.Module =>
  new WebAssembly.Module(readFileSync(require.resolve(path)))

const quality = 85

/**
 * A photo as a fresh JPEG with nothing in it but its pixels, upright. Throws where it cannot be decoded or has
 * more than `most` pixels, which its header must say before anything is unpacked.
 */
export async function cleanPhoto(
  bytes: Uint8Array<ArrayBuffer>,
  type: MediaType,
  most: number,
): Promise<Uint8Array> {
  const { width = 0, height = 0 } = imageSize(bytes)
  if (!(width > 0 && height > 0 && width * height <= most)) throw new Error('too many pixels')
  const pixels = await decoded(bytes, type)
  if (pixels.width * pixels.height > most) throw new Error('the header lied')
  const { default: encode, init } = await import('@jsquash/jpeg/encode.js')
  await init(compiled('@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm'))
  return new Uint8Array(await encode(onWhite(pixels) as ImageData, { quality }))
}

async function decoded(bytes: Uint8Array<ArrayBuffer>, type: MediaType): Promise<Pixels> {
  if (type === 'image/jpeg') {
    const { default: decode, init } = await import('@jsquash/jpeg/decode.js')
    await init(compiled('@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm'))
    return (await decode(bytes.buffer, { preserveOrientation: true })) as Pixels
  }
  if (type === 'image/png') {
    const { decode, init } = await import('@jsquash/png/decode.js')
    await init(compiled('@jsquash/png/codec/pkg/squoosh_png_bg.wasm'))
    return (await decode(bytes.buffer)) as Pixels
  }
  const { default: decode, init } = await import('@jsquash/webp/decode.js')
  await init(compiled('@jsquash/webp/codec/dec/webp_dec.wasm'))
  return (await decode(bytes.buffer)) as Pixels
}

/** A JPEG has no holes: what shines through is white. What lies under a hole is not kept. */
function onWhite(pixels: Pixels): Pixels {
  const { data } = pixels
  for (let at = 0; at < data.length; at += 4) {
    const seen = (data[at + 3] ?? 255) / 255
    if (seen === 1) continue
    for (let part = at; part < at + 3; part++) data[part] = 255 + ((data[part] ?? 0) - 255) * seen
    data[at + 3] = 255
  }
  return pixels
}
