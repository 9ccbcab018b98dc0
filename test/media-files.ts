import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { crc32, deflateSync } from 'node:zlib'
import encode, { init } from '@jsquash/jpeg/encode.js'
import {
  BufferTarget,
  EncodedPacket,
  EncodedVideoPacketSource,
  Mp4OutputFormat,
  Output,
  WebMOutputFormat,
} from 'mediabunny'

/** Words that must not come through: a place, a camera's number, a name. */
export const canary = 'CANARY-40.7484N-73.9857W-serial-0042-Brannigan'

const wasm = createRequire(import.meta.url).resolve('@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm')
const pixels = (width: number, height: number): ImageData => {
  const data = new Uint8ClampedArray(width * height * 4).map((_, at) => (at * 37) % 256)
  return { data, width, height, colorSpace: 'srgb' } as unknown as ImageData
}

/** A photo as a camera writes it: the canary stands in its EXIF (APP1) and in a comment. */
export async function jpegWithExif(width = 64, height = 48): Promise<Buffer> {
  await init(new WebAssembly.Module(readFileSync(wasm)))
  const plain = Buffer.from(await encode(pixels(width, height)))
  const segment = (marker: number, body: Buffer): Buffer => {
    const head = Buffer.from([0xff, marker, 0, 0])
    head.writeUInt16BE(body.length + 2, 2)
    return Buffer.concat([head, body])
  }
  const tiff = Buffer.from('II*\0\x08\0\0\0\x01\0\x0e\x01\x02\0', 'latin1')
  const entry = Buffer.alloc(12)
  entry.writeUInt32LE(canary.length + 1, 0)
  entry.writeUInt32LE(26, 4)
  const exif = Buffer.concat([Buffer.from('Exif\0\0'), tiff, entry, Buffer.from(`${canary}\0`)])
  const comment = segment(0xfe, Buffer.from(canary))
  return Buffer.concat([plain.subarray(0, 2), segment(0xe1, exif), comment, plain.subarray(2)])
}

const chunk = (type: string, body: Buffer): Buffer => {
  const named = Buffer.concat([Buffer.from(type), body])
  const [size, check] = [Buffer.alloc(4), Buffer.alloc(4)]
  size.writeUInt32BE(body.length)
  check.writeUInt32BE(crc32(named))
  return Buffer.concat([size, named, check])
}

/** A picture of one colour; its text chunk holds the canary. A few kilobytes, however many pixels. */
export function png(width: number, height: number): Buffer {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 0, 0, 0, 0], 8)
  const row = Math.min(width, 30_000) + 1
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', head),
    chunk('tEXt', Buffer.from(`Comment\0${canary}`)),
    chunk('IDAT', deflateSync(Buffer.alloc(row * Math.min(height, 3000)), { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/**
 * A clip of one VP8 key frame, again and again, with the canary in its tags. The frame is the smallest that RFC
 * 6386 allows a parser to read the size of; nothing of ours decodes it.
 */
export async function video(
  container: 'webm' | 'mp4',
  { seconds = 2, width = 64, height = 48 } = {},
): Promise<Buffer> {
  const target = new BufferTarget()
  const format = container === 'webm' ? new WebMOutputFormat() : new Mp4OutputFormat()
  const output = new Output({ format, target })
  const codec = container === 'webm' ? 'vp8' : 'vp9'
  const source = new EncodedVideoPacketSource(codec)
  output.addVideoTrack(source)
  output.setMetadataTags({ title: canary, comment: canary })
  await output.start()
  const frame = Buffer.alloc(40)
  frame.set([
    0x10,
    0x02,
    0x00,
    0x9d,
    0x01,
    0x2a,
    width & 255,
    width >> 8,
    height & 255,
    height >> 8,
  ])
  const vp9 = 'vp09.00.10.08'
  for (let second = 0; second < seconds; second++)
    await source.add(new EncodedPacket(frame, 'key', second, 1), {
      decoderConfig: {
        codec: container === 'webm' ? 'vp8' : vp9,
        codedWidth: width,
        codedHeight: height,
      },
    })
  await output.finalize()
  return Buffer.from(target.buffer as ArrayBuffer)
}
