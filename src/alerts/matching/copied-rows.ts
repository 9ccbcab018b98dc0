/** The first bytes of PostgreSQL's binary copy format; then flags and the length of an extension. */
const signatureBytes = 11
const headerBytes = signatureBytes + 8

/**
 * Reads rows out of the chunks of `COPY ... (FORMAT binary)` (PostgreSQL manual, COPY, "Binary
 * Format"): each field as its bytes, null for null, valid until the next row. `end` throws if the
 * stream ended in the middle.
 */
export function copiedRows(take: (fields: (Buffer | null)[]) => void): {
  push(chunk: Buffer): void
  end(): void
} {
  let rest: Buffer = Buffer.alloc(0)
  let begun = false
  let over = false
  return {
    push(chunk) {
      let bytes: Buffer = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk
      if (!begun) {
        if (bytes.length < headerBytes) {
          rest = bytes
          return
        }
        bytes = bytes.subarray(headerBytes + bytes.readInt32BE(signatureBytes + 4))
        begun = true
      }
      let at = 0
      for (;;) {
        const row = readRow(bytes, at)
        if (row === null) break
        if (row === 'end') {
          over = true
          return
        }
        take(row.fields)
        at = row.next
      }
      rest = bytes.subarray(at)
    },
    end() {
      if (!over) throw new Error('the copy of a table ended in the middle')
    },
  }
}

/** The row that begins there; null where it is not whole yet. */
function readRow(
  bytes: Buffer,
  from: number,
): { fields: (Buffer | null)[]; next: number } | 'end' | null {
  if (from + 2 > bytes.length) return null
  const count = bytes.readInt16BE(from)
  if (count < 0) return 'end'
  const fields: (Buffer | null)[] = []
  let at = from + 2
  for (let i = 0; i < count; i++) {
    if (at + 4 > bytes.length) return null
    const length = bytes.readInt32BE(at)
    at += 4
    if (length < 0) {
      fields.push(null)
      continue
    }
    if (at + length > bytes.length) return null
    fields.push(bytes.subarray(at, at + length))
    at += length
  }
  return { fields, next: at }
}
