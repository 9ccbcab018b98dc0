import {
  BufferSource,
  BufferTarget,
  EncodedPacketSink,
  EncodedVideoPacketSource,
  Input,
  MP4,
  Mp4OutputFormat,
  Output,
  WEBM,
  WebMOutputFormat,
} from 'mediabunny'
import type { MediaType } from './kinds.ts'

const codecs = ['vp8', 'vp9', 'av1', 'avc'] as const
const mostPixels = 4096 * 2304

/**
 * A video as a fresh file that holds the frames of its one picture track and nothing else: no sound, no tags, no
 * box or element that we do not know. Frames are copied, not decoded. Throws where it is no such video, or too long.
 */
export async function copyVideo(
  bytes: Uint8Array<ArrayBuffer>,
  type: MediaType,
  mostSeconds: number,
): Promise<Uint8Array> {
  const input = new Input({ source: new BufferSource(bytes), formats: [WEBM, MP4] })
  const track = await input.getPrimaryVideoTrack()
  const codec = codecs.find((known) => known === track?.codec)
  const config = await track?.getDecoderConfig()
  if (!track || !codec || !config) throw new Error('no picture that we know')
  if (track.codedWidth * track.codedHeight > mostPixels) throw new Error('too large a picture')
  const format = type === 'video/webm' ? new WebMOutputFormat() : new Mp4OutputFormat()
  const target = new BufferTarget()
  const output = new Output({ format, target })
  const source = new EncodedVideoPacketSource(codec)
  output.addVideoTrack(source, { rotation: track.rotation })
  await output.start()
  let frames = 0
  for await (const packet of new EncodedPacketSink(track).packets()) {
    if (packet.timestamp + packet.duration > mostSeconds) throw new Error('too long')
    await source.add(packet, frames === 0 ? { decoderConfig: config } : undefined)
    frames++
  }
  if (frames === 0) throw new Error('no frame')
  await output.finalize()
  if (!target.buffer) throw new Error('nothing was written')
  return new Uint8Array(target.buffer)
}
