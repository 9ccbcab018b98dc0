// One byte range of a file (RFC 9110 section 14). Own code: the kept library for this answers with weak
// validators only, and a browser keeps no part of a file under those.

/** Which bytes to send, both ends included. */
export interface Range {
  first: number
  last: number
}

/**
 * Reads a Range header: null says to send everything (no range, another unit, several ranges, or not
 * understood: a server may ignore those), `unsatisfiable` says 416.
 */
export function readRange(
  header: string | undefined,
  size: number,
): Range | null | 'unsatisfiable' {
  const [, from = '', to = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '') ?? []
  if (from === '' && to === '') return null
  if (from === '') return lastBytes(Number(to), size)
  const first = Number(from)
  const last = to === '' ? size - 1 : Math.min(Number(to), size - 1)
  if (to !== '' && Number(to) < first) return null
  return first < size ? { first, last } : 'unsatisfiable'
}

const lastBytes = (count: number, size: number): Range | 'unsatisfiable' =>
  count === 0 || size === 0 ? 'unsatisfiable' : { first: Math.max(0, size - count), last: size - 1 }
