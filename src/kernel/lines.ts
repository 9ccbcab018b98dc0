/**
 * The lines of a UTF-8 stream, ended by line feeds alone. Node's `readline` also ends a line at
 * U+2028 and U+2029, which people's texts do hold. Throws what the stream throws.
 */
export async function* linesOf(stream: AsyncIterable<Buffer | string>): AsyncGenerator<string> {
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of stream) {
    const data = Buffer.concat([rest, Buffer.from(chunk)])
    let from = 0
    for (let end = data.indexOf(10); end >= 0; end = data.indexOf(10, from)) {
      yield data.toString('utf8', from, end)
      from = end + 1
    }
    rest = data.subarray(from)
  }
  if (rest.length > 0) yield rest.toString('utf8')
}
