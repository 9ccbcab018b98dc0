// ITU-T T.81, B.1.1: a JPEG is a row of segments, each a marker and, for most, its length and content.
const startOfScan = 0xda
const comment = 0xfe
const firstApplication = 0xe0
const lastApplication = 0xef

/**
 * The same JPEG without its comments and application segments: no EXIF, no XMP, no thumbnail, no colour
 * profile with a maker's name. Browsers write few of these, each browser others; the picture is the same
 * without them. Throws where it is not a JPEG.
 */
export function plainJpeg(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer>[] {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) throw new TypeError('not a JPEG')
  const kept = [bytes.subarray(0, 2)]
  let at = 2
  while (at < bytes.length) {
    if (bytes[at] !== 0xff) throw new TypeError('not a JPEG')
    const marker = bytes[at + 1] ?? 0
    // The pixels: all that follows is theirs.
    if (marker === startOfScan) return [...kept, bytes.subarray(at)]
    const end = at + 2 + (((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0))
    const told = marker === comment || (marker >= firstApplication && marker <= lastApplication)
    if (!told) kept.push(bytes.subarray(at, end))
    at = end
  }
  throw new TypeError('a JPEG without pixels')
}
