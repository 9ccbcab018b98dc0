// One file of named columns: numbers as they lie in memory, so that reading it is copying it.

/** Whole numbers, numbers, or a list of texts without line feeds. */
export type Column = Int32Array | Float64Array | readonly string[]

interface Entry {
  name: string
  /** Whole numbers take the narrowest type that holds them; `i32` holds each number's step from the one before. */
  type: 'u8' | 'u16' | 'i32' | 'f64' | 'text'
  bytes: number
}

interface Head<T> {
  about: T
  columns: Entry[]
}

const MAGIC = 0x31584c50 // "PLX1"
const ALIGNMENT = 8

/** What a packed file holds. */
export interface Unpacked<T> {
  about: T
  column(name: string): Column
}

/** Packs columns behind a description that is any JSON; texts must hold no line feed. */
export function pack<T>(about: T, columns: Readonly<Record<string, Column>>): Uint8Array {
  const parts: Uint8Array[] = []
  const entries: Entry[] = []
  for (const [name, column] of Object.entries(columns)) {
    const [entry, bytes] = packColumn(name, column)
    entries.push(entry)
    parts.push(bytes)
  }
  const head = new TextEncoder().encode(
    JSON.stringify({ about, columns: entries } satisfies Head<T>),
  )
  const start = aligned(8 + head.length)
  const packed = new Uint8Array(start + parts.reduce((sum, part) => sum + aligned(part.length), 0))
  new DataView(packed.buffer).setUint32(0, MAGIC, true)
  new DataView(packed.buffer).setUint32(4, head.length, true)
  packed.set(head, 8)
  let at = start
  for (const part of parts) {
    packed.set(part, at)
    at += aligned(part.length)
  }
  return packed
}

/** Opens a packed file. Throws an Error when it is none, or is cut short. */
export function unpack<T>(packed: Uint8Array): Unpacked<T> {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength)
  if (packed.length < 8 || view.getUint32(0, true) !== MAGIC)
    throw new Error('This is no packed file of places.')
  const length = view.getUint32(4, true)
  const { about, columns } = JSON.parse(
    new TextDecoder().decode(packed.subarray(8, 8 + length)),
  ) as Head<T>
  const found = new Map<string, Column>()
  let at = aligned(8 + length)
  for (const entry of columns) {
    if (at + entry.bytes > packed.length) throw new Error('The packed file of places is cut short.')
    found.set(entry.name, readColumn(entry, new Uint8Array(packed.subarray(at, at + entry.bytes))))
    at += aligned(entry.bytes)
  }
  return {
    about,
    column(name) {
      const column = found.get(name)
      if (!column) throw new Error(`The packed file of places lacks the column ${name}.`)
      return column
    },
  }
}

const aligned = (bytes: number): number => Math.ceil(bytes / ALIGNMENT) * ALIGNMENT

function packColumn(name: string, column: Column): [Entry, Uint8Array] {
  const [type, written] = narrowed(column)
  return [
    { name, type, bytes: written.byteLength },
    new Uint8Array(written.buffer, written.byteOffset, written.byteLength),
  ]
}

function narrowed(
  column: Column,
): [Entry['type'], Uint8Array | Uint16Array | Int32Array | Float64Array] {
  if (column instanceof Float64Array) return ['f64', column]
  if (!(column instanceof Int32Array)) return ['text', new TextEncoder().encode(column.join('\n'))]
  let [least, most] = [0, 0]
  for (const number of column) [least, most] = [Math.min(least, number), Math.max(most, number)]
  if (least < 0 || most > 0xffff) return ['i32', stepsOf(column)]
  return most > 0xff ? ['u16', Uint16Array.from(column)] : ['u8', Uint8Array.from(column)]
}

function readColumn({ type }: Entry, bytes: Uint8Array<ArrayBuffer>): Column {
  if (type === 'text') return bytes.length === 0 ? [] : new TextDecoder().decode(bytes).split('\n')
  if (type === 'u8') return Int32Array.from(bytes)
  if (type === 'u16') return Int32Array.from(new Uint16Array(bytes.buffer))
  if (type === 'f64') return new Float64Array(bytes.buffer)
  const numbers = new Int32Array(bytes.buffer)
  for (let i = 1; i < numbers.length; i++)
    numbers[i] = (numbers[i] as number) + (numbers[i - 1] as number)
  return numbers
}

function stepsOf(numbers: Int32Array): Int32Array {
  return numbers.map((number, i) => number - (i === 0 ? 0 : (numbers[i - 1] as number)))
}
