/** The rows of one cell and rank: a typed array that grows by a quarter, since most lists hardly grow. */
export class RowList {
  private rows = new Uint32Array(2)
  length = 0

  add(row: number): void {
    if (this.length === this.rows.length) {
      const larger = new Uint32Array(this.length + Math.max(2, this.length >> 2))
      larger.set(this.rows)
      this.rows = larger
    }
    this.rows[this.length++] = row
  }

  /** The rows as they stand, valid until one is added. */
  get all(): Uint32Array {
    return this.rows.subarray(0, this.length)
  }

  /** Keeps those rows only; answers how many. */
  keep(wanted: (row: number) => boolean): number {
    let kept = 0
    for (const row of this.all) if (wanted(row)) this.rows[kept++] = row
    this.length = kept
    return kept
  }

  get bytes(): number {
    return this.rows.byteLength
  }
}
