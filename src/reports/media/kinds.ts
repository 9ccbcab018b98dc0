/** What a phone may send: what a browser's own encoders write. */
export const mediaTypes = [
  'image/jpeg',
  'image/png',
  'image/webp',
  'video/webm',
  'video/mp4',
] as const
export type MediaType = (typeof mediaTypes)[number]

const ascii = (bytes: Uint8Array, from: number, to: number): string =>
  String.fromCharCode(...bytes.subarray(from, to))

/**
 * What a file is by its first bytes, whatever its sender calls it; null for everything else (SVG, GIF,
 * HEIC, PDF, HTML, zip). HEIC and MP4 are one container: the brand tells them apart (ISO 14496-12).
 */
export function typeOf(bytes: Uint8Array): MediaType | null {
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'image/jpeg'
  if (ascii(bytes, 0, 8) === '\x89PNG\r\n\x1a\n') return 'image/png'
  if (ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 12) === 'WEBP') return 'image/webp'
  if (ascii(bytes, 0, 4) === '\x1a\x45\xdf\xa3') return 'video/webm'
  if (ascii(bytes, 4, 8) === 'ftyp')
    return /^(isom|iso\d|mp4\d|avc1|av01|dash|M4V )/.test(ascii(bytes, 8, 12)) ? 'video/mp4' : null
  return null
}

/** Photo or video. */
export const kindOf = (type: MediaType): 'photo' | 'video' =>
  type.startsWith('image/') ? 'photo' : 'video'
