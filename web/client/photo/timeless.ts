// ISO/IEC 14496-12: an MP4 is a tree of boxes; three kinds of them say when the file was made.
const folders = new Set(['moov', 'trak', 'mdia'])
const dated = new Set(['mvhd', 'tkhd', 'mdhd'])

/** Sets the times of making in an MP4 to nothing, in place: they would say when the video was cleaned. */
export function forgetTimes(bytes: Uint8Array, from = 0, to = bytes.length): void {
  for (const { name, start, end } of boxesOf(bytes, from, to)) {
    if (folders.has(name)) forgetTimes(bytes, start, end)
    // A byte of version and three of flags, then made and changed: of 8 bytes each in version 1, else of 4.
    if (dated.has(name)) bytes.fill(0, start + 4, start + 4 + (bytes[start] === 1 ? 16 : 8))
  }
}

/** The boxes that stand beside each other, each with where its content starts and ends. */
function* boxesOf(bytes: Uint8Array, from: number, to: number) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let at = from; at + 8 <= to; ) {
    const { head, size } = extent(view, at, to)
    if (size < head || at + size > to) throw new RangeError('not an MP4')
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8))
    yield { name, start: at + head, end: at + size }
    at += size
  }
}

/** A size of 1 says that the true one follows in 8 bytes; of 0, that the box is the last. */
function extent(view: DataView, at: number, to: number): { head: number; size: number } {
  const size = view.getUint32(at)
  if (size === 1) return { head: 16, size: Number(view.getBigUint64(at + 8)) }
  return { head: 8, size: size === 0 ? to - at : size }
}
