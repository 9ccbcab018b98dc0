import { limits } from './limits.ts'

const lineFeed = 10

/**
 * The lines of a UTF-8 stream, ended by line feeds alone. Node's `readline` also ends a line at
 * U+2028 and U+2029, which people's texts do hold. A line longer than `mostBytes` comes as null and is
 * never held whole: a few kilobytes can unpack to one of gigabytes. Throws what the stream throws.
 */
export async function* linesOf(
  stream: AsyncIterable<Buffer | string>,
  mostBytes: number = limits.lineBytes,
): AsyncGenerator<string | null> {
  let pieces: Buffer[] = []
  let bytes = 0
  const add = (piece: Buffer): void => {
    bytes += piece.length
    if (bytes <= mostBytes) pieces.push(piece)
    else pieces = []
  }
  const take = (): string | null => {
    const line = bytes <= mostBytes ? Buffer.concat(pieces).toString('utf8') : null
    pieces = []
    bytes = 0
    return line
  }
  for await (const chunk of stream) {
    const data = Buffer.from(chunk)
    let from = 0
    for (let end = data.indexOf(lineFeed); end >= 0; end = data.indexOf(lineFeed, from)) {
      add(data.subarray(from, end))
      yield take()
      from = end + 1
    }
    if (from < data.length) add(data.subarray(from))
  }
  if (bytes > 0) yield take()
}
