import { crc32 } from 'node:zlib'
import type { Page } from 'playwright-core'

/** What the pictures of a phone tell beside their pixels. None of it may leave. */
export const canaries = ['CANARY-MAKER', 'CANARY-SERIAL-4711', 'CANARY-COMMENT', 'GPS-40.7484N']

/** A photo as a phone makes one: a blue wall, and in its middle a magenta face a tenth as wide. */
export async function drawPicture(
  page: Page,
  type: 'image/jpeg' | 'image/png',
  [width, height] = [3000, 2000],
): Promise<Buffer> {
  const base64 = await page.evaluate(
    async ({ type, width, height }) => {
      const canvas = new OffscreenCanvas(width, height)
      const pen = canvas.getContext('2d')
      if (!pen) throw new Error('no canvas')
      const wall = pen.createLinearGradient(0, 0, width, height)
      wall.addColorStop(0, '#003070')
      wall.addColorStop(1, '#60a0f0')
      pen.fillStyle = wall
      pen.fillRect(0, 0, width, height)
      pen.fillStyle = '#ff00ff'
      pen.fillRect(width * 0.45, height / 2 - width * 0.05, width * 0.1, width * 0.1)
      const blob = await canvas.convertToBlob({ type, quality: 0.95 })
      return (
        new Uint8Array(await blob.arrayBuffer()) as unknown as { toBase64(): string }
      ).toBase64()
    },
    { type, width, height },
  )
  return Buffer.from(base64, 'base64')
}

/** A JPEG with EXIF (a maker, a serial number, a place; turned on its side) and a comment. */
export function withExif(jpeg: Buffer, orientation = 1): Buffer {
  const tag = (id: number, type: number, count: number, value: number): Buffer => {
    const entry = Buffer.alloc(12)
    entry.writeUInt16BE(id, 0)
    entry.writeUInt16BE(type, 2)
    entry.writeUInt32BE(count, 4)
    if (type === 3) entry.writeUInt16BE(value, 8)
    else entry.writeUInt32BE(value, 8)
    return entry
  }
  const [maker, serial, , place] = canaries.map((text) => Buffer.from(`${text}\0`, 'latin1'))
  if (!maker || !serial || !place) throw new Error('canaries are missing')
  const entries = 4
  const after = 8 + 2 + entries * 12 + 4
  const count = Buffer.alloc(2)
  count.writeUInt16BE(entries)
  const tiff = Buffer.concat([
    Buffer.from('MM\0\x2a\0\0\0\x08', 'latin1'),
    count,
    tag(0x010f, 2, maker.length, after),
    tag(0x0112, 3, 1, orientation),
    tag(0x8298, 2, place.length, after + maker.length + serial.length),
    tag(0xa431, 2, serial.length, after + maker.length),
    Buffer.alloc(4),
    maker,
    serial,
    place,
  ])
  const segment = (marker: number, content: Buffer): Buffer => {
    const head = Buffer.from([0xff, marker, 0, 0])
    head.writeUInt16BE(content.length + 2, 2)
    return Buffer.concat([head, content])
  }
  return Buffer.concat([
    jpeg.subarray(0, 2),
    segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff])),
    segment(0xfe, Buffer.from(canaries[2] ?? '')),
    jpeg.subarray(2),
  ])
}

/** A PNG with text chunks before its pixels and after them. */
export function withText(png: Buffer): Buffer {
  const chunk = (text: string): Buffer => {
    const content = Buffer.from(`tEXtComment\0${text}`, 'latin1')
    const out = Buffer.alloc(content.length + 8)
    out.writeUInt32BE(content.length - 4)
    content.copy(out, 4)
    out.writeUInt32BE(crc32(content), content.length + 4)
    return out
  }
  const afterHeader = 8 + 25
  const end = png.length - 12
  return Buffer.concat([
    png.subarray(0, afterHeader),
    chunk(canaries.join(' ')),
    png.subarray(afterHeader, end),
    chunk(canaries.join(' ')),
    png.subarray(end),
  ])
}

/** What a picture or a frame shows, as far as the stories ask. */
export interface Seen {
  width: number
  height: number
  /** Pixels of the face's magenta. */
  face: number
  /** Pixels of the colour that covers have, within what compressing does. */
  covered: number
  /** Where the colour changes at once along the middle row, in pixels from the left. */
  edges: number[]
}

/** Looks at a JPEG with the browser's own decoder. */
export async function lookAt(page: Page, jpeg: Buffer = Buffer.alloc(0)): Promise<Seen> {
  const { row, ...seen } = await page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
    const bitmap = await createImageBitmap(new Blob([bytes]))
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height)
    const pen = canvas.getContext('2d')
    if (!pen) throw new Error('no canvas')
    pen.drawImage(bitmap, 0, 0)
    const { data, width, height } = pen.getImageData(0, 0, bitmap.width, bitmap.height)
    let [face, covered] = [0, 0]
    for (let at = 0; at < data.length; at += 4) {
      const [red = 0, green = 0, blue = 0] = data.subarray(at, at + 3)
      if (red > 140 && green < 110 && blue > 140) face += 1
      if (Math.abs(red - 0x5b) + Math.abs(green - 0x6b) + Math.abs(blue - 0x7b) < 9) covered += 1
    }
    return {
      width,
      height,
      face,
      covered,
      row: [...data.slice(width * 4 * Math.floor(height / 2)).slice(0, width * 4)],
    }
  }, jpeg.toString('base64'))
  return { ...seen, edges: edgesOf(row) }
}

/** Where a row of pixels, four numbers each, changes its brightness within four pixels. */
function edgesOf(row: number[]): number[] {
  const brightness = (x: number): number =>
    (row[4 * x] ?? 0) + (row[4 * x + 1] ?? 0) + (row[4 * x + 2] ?? 0)
  return Array.from({ length: row.length / 4 - 4 }, (_, x) => x + 4).filter(
    (x) => Math.abs(brightness(x) - brightness(x - 4)) > 60,
  )
}

/** One frame of a video, by the browser's own player: on a page whose rules were put aside. */
export async function frameOf(
  page: Page,
  video: Buffer,
  type: string,
  second: number,
): Promise<Buffer> {
  const base64 = await page.evaluate(
    async ({ base64, type, second }) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
      const player = document.createElement('video')
      player.muted = true
      player.src = URL.createObjectURL(new Blob([bytes], { type }))
      await new Promise((resolve, reject) => {
        player.onloadeddata = resolve
        player.onerror = () => reject(new Error('the player cannot open it'))
      })
      player.currentTime = second
      await new Promise((resolve) => {
        player.onseeked = resolve
      })
      const canvas = new OffscreenCanvas(player.videoWidth, player.videoHeight)
      canvas.getContext('2d')?.drawImage(player, 0, 0)
      const jpeg = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.95 })
      return (
        new Uint8Array(await jpeg.arrayBuffer()) as unknown as { toBase64(): string }
      ).toBase64()
    },
    { base64: video.toString('base64'), type, second },
  )
  return Buffer.from(base64, 'base64')
}

/** A video as a phone records one: a magenta face that stands still on a moving wall, with a tone. */
export async function recordVideo(
  page: Page,
  seconds = 2,
  [width, height] = [640, 480],
): Promise<Buffer> {
  const base64 = await page.evaluate(
    async ({ seconds, width, height }) => {
      const canvas = document.createElement('canvas')
      canvas.width = width
      canvas.height = height
      const pen = canvas.getContext('2d', { alpha: false })
      if (!pen) throw new Error('no canvas')
      const draw = (): void => {
        pen.fillStyle = `hsl(${((performance.now() / 20) % 60) + 180} 60% 40%)`
        pen.fillRect(0, 0, width, height)
        pen.fillStyle = '#ff00ff'
        pen.fillRect(width * 0.45, height / 2 - width * 0.05, width * 0.1, width * 0.1)
      }
      draw()
      const clock = setInterval(draw, 33)
      const sound = new AudioContext()
      const tone = sound.createOscillator()
      const ear = sound.createMediaStreamDestination()
      tone.connect(ear)
      tone.start()
      const stream = new MediaStream([
        ...canvas.captureStream(30).getTracks(),
        ...ear.stream.getTracks(),
      ])
      const recorder = new MediaRecorder(stream, { mimeType: 'video/webm;codecs=vp8,opus' })
      const parts: Blob[] = []
      recorder.ondataavailable = ({ data }) => parts.push(data)
      const stopped = new Promise((resolve) => {
        recorder.onstop = resolve
      })
      recorder.start()
      await new Promise((resolve) => setTimeout(resolve, seconds * 1000))
      recorder.stop()
      await stopped
      clearInterval(clock)
      await sound.close()
      const bytes = new Uint8Array(await new Blob(parts).arrayBuffer())
      return (bytes as unknown as { toBase64(): string }).toBase64()
    },
    { seconds, width, height },
  )
  return Buffer.from(base64, 'base64')
}
