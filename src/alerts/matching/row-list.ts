/** An entry: the rank in the upper four bits, the row below them. */
const rankShift = 28
const rowMask = 2 ** rankShift - 1

/** The rows of one cell: a typed array that grows by a quarter, since most lists hardly grow. */
export class RowList {
  private rows = new Uint32Array(4)
  private length = 0

  add(row: number, rank: number): void {
    if (this.length === this.rows.length) {
      const larger = new Uint32Array(this.length + Math.max(4, this.length >> 2))
      larger.set(this.rows)
      this.rows = larger
    }
    this.rows[this.length++] = (row | (Math.min(rank, 15) << rankShift)) >>> 0
  }

  each(see: (row: number, rank: number) => void): void {
    for (let i = 0; i < this.length; i++) {
      const entry = this.rows[i] as number
      see(entry & rowMask, entry >>> rankShift)
    }
  }

  /** Keeps those rows only; answers how many. */
  keep(wanted: (row: number) => boolean): number {
    let kept = 0
    for (let i = 0; i < this.length; i++) {
      const entry = this.rows[i] as number
      if (wanted(entry & rowMask)) this.rows[kept++] = entry
    }
    this.length = kept
    return kept
  }

  get bytes(): number {
    return this.rows.byteLength
  }
}
