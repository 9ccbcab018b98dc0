import { type Cell, cellOfHalves } from '../contract-h3.ts'
import type { RankedCell } from './grow-cells.ts'

/** A cell and its rank as they rest in the database: eight bytes and one. */
export const storedCellBytes = 9

export function packCells(cells: readonly RankedCell[]): Buffer {
  const bytes = Buffer.alloc(cells.length * storedCellBytes)
  for (const [i, { cell, rank }] of cells.entries()) {
    bytes.writeBigUInt64BE(BigInt(`0x${cell}`), i * storedCellBytes)
    bytes.writeUInt8(rank, i * storedCellBytes + 8)
  }
  return bytes
}

export function unpackCells(bytes: Buffer): { cell: Cell; rank: number }[] {
  const cells: { cell: Cell; rank: number }[] = []
  for (let at = 0; at + storedCellBytes <= bytes.length; at += storedCellBytes)
    cells.push({
      cell: cellOfHalves(bytes.readUInt32BE(at), bytes.readUInt32BE(at + 4)),
      rank: bytes[at + 8] ?? 0,
    })
  return cells
}
