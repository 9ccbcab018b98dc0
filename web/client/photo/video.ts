// Loaded only when somebody chose a video.
import {
  BlobSource,
  BufferTarget,
  CanvasSink,
  Conversion,
  EncodedPacketSink,
  getFirstEncodableVideoCodec,
  Input,
  type InputVideoTrack,
  MATROSKA,
  MP4,
  Mp4OutputFormat,
  Output,
  QTFF,
  Quality,
  type VideoCodec,
  WEBM,
  WebMOutputFormat,
} from 'mediabunny'
import { mosaicOf, type Pen, paintMask, paintMosaic } from './covers.ts'
import { measures } from './measures.ts'
import { penOf } from './photo.ts'
import { CannotClean, type Covering, fitted, type Subject } from './subject.ts'
import { forgetTimes } from './timeless.ts'

/** What phones record, and what we make of it. */
const formats = [MP4, QTFF, WEBM, MATROSKA]
/** In this order: the first two are software of the browser, the same on every phone. */
const codecs: VideoCodec[] = ['vp9', 'vp8', 'avc']
/**
 * Frames a second when everything is covered. Many blurred frames of a moving picture together show more
 * than one of them (super-resolution): few frames leave little to put together.
 */
const mosaicFramesPerSecond = 2

/** Opens a video of the phone. Throws CannotClean where this browser cannot decode or encode it. */
export async function openVideo(file: Blob): Promise<Subject> {
  const input = new Input({ formats, source: new BlobSource(file) })
  try {
    const track = await input.getPrimaryVideoTrack()
    if (!track || !(await track.canDecode()) || (await isSeeThrough(track)))
      throw new CannotClean('no-video')
    return await subjectOf(input, track)
  } catch (error) {
    input.dispose()
    throw error instanceof CannotClean ? error : new CannotClean('unreadable')
  }
}

/**
 * What is see-through the library puts together in a worker that the page's rules forbid. No phone records
 * such a thing; many files say that they could be.
 */
async function isSeeThrough(track: InputVideoTrack): Promise<boolean> {
  if (!(await track.canBeTransparent())) return false
  const first = await new EncodedPacketSink(track).getFirstPacket()
  return first?.sideData.alpha !== undefined
}

async function subjectOf(input: Input, track: InputVideoTrack): Promise<Subject> {
  const size = fitted(
    await track.getDisplayWidth(),
    await track.getDisplayHeight(),
    measures.videoSide,
    true,
  )
  const start = await track.getFirstTimestamp()
  const seconds = Math.min(measures.videoSeconds, (await track.computeDuration()) - start)
  const sink = new CanvasSink(track, { ...size, fit: 'fill', poolSize: 1 })
  const draw = async (pen: Pen, second: number): Promise<void> => {
    const frame = await sink.getCanvas(start + Math.min(second, seconds))
    if (frame) pen.drawImage(frame.canvas, 0, 0, size.width, size.height)
  }
  return {
    kind: 'video',
    ...size,
    seconds,
    draw,
    encode: (covering, progress) =>
      encode(input, { ...size, start, end: start + seconds }, covering, progress),
    close: () => input.dispose(),
  }
}

interface Shape {
  width: number
  height: number
  /** Seconds of the input's own time. */
  start: number
  end: number
}

async function encode(
  input: Input,
  shape: Shape,
  covering: Covering,
  progress: (share: number) => void,
): Promise<Blob> {
  const { width, height, start, end } = shape
  const quality = new Quality({ bitrate: measures.videoBitsPerSecond })
  const codec = await getFirstEncodableVideoCodec(codecs, { width, height, quality })
  if (!codec) throw new CannotClean('no-video')
  const webm = codec !== 'avc'
  const target = new BufferTarget()
  const output = new Output({
    format: webm ? new WebMOutputFormat() : new Mp4OutputFormat(),
    target,
  })
  const conversion = await Conversion.init({
    input,
    output,
    trim: { start, end },
    // A voice names a person as surely as a face.
    audio: { discard: true },
    video: (track) => ({
      // A second picture in the file would go out uncovered, or show what nobody looked at.
      discard: track.number !== 1,
      width,
      height,
      fit: 'fill',
      codec,
      quality,
      forceTranscode: true,
      // Turned for good: how the phone was held is not told.
      allowTransformationMetadata: false,
      ...(covering.everything && { frameRate: mosaicFramesPerSecond }),
      process: coverer(shape, covering),
    }),
    // Without this the input's title, place and device would be copied.
    tags: {},
    showWarnings: false,
  })
  if (!conversion.isValid) throw new CannotClean('no-video')
  conversion.onProgress = progress
  await conversion.execute()
  const bytes = new Uint8Array(target.buffer ?? new ArrayBuffer(0))
  if (!webm) forgetTimes(bytes)
  return new Blob([bytes], { type: webm ? 'video/webm' : 'video/mp4' })
}

interface Drawable {
  draw(pen: Pen, x: number, y: number, width: number, height: number): void
}

/** Draws each frame on a canvas of ours and covers it there: what is encoded is that canvas. */
function coverer({ width, height }: Shape, { mask, everything }: Covering) {
  const canvas = new OffscreenCanvas(width, height)
  const pen = penOf(canvas)
  return (frame: Drawable): OffscreenCanvas => {
    frame.draw(pen, 0, 0, width, height)
    if (everything) paintMosaic(pen, mosaicOf(canvas, width, height))
    paintMask(pen, mask)
    return canvas
  }
}
