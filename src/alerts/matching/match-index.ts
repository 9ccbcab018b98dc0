import { cellToChildren } from 'h3-js'
import { type Cell, cellOf, hexOf, parentOf, resolutionOf } from '../contract-h3.ts'
import { coarsestResolution, finestResolution } from './residents.ts'
import { RowList } from './row-list.ts'

/** What is kept of a subscription beside its cells. Its id is its row. */
export interface Entry {
  id: number
  cells: readonly { cell: Cell; rank: number }[]
  /** Which channel and origin it is sent by, a number under 256 (`channel-table.ts`). */
  channel: number
  /** What they want to hear: bits. Not 0. */
  wants: number
  /** Quarter hours of the day, 0 to 95; 255 for none. */
  quietFrom: number
  quietTo: number
}

/** Somebody whom an alert concerns; rank 0 is nearest. */
export interface Recipient {
  id: number
  rank: number
  channel: number
  wants: number
  quietFrom: number
  quietTo: number
}

const marksOfRow = 4

/**
 * Every subscription by its cells, in typed arrays: a list of rows a cell and four bytes a row, some
 * 35 bytes for each of a million. Whoever is found asked for that place and whoever asked is found:
 * the answer is that of looking at each in turn (`match-index.test.ts`).
 */
export class MatchIndex {
  private readonly lists = new Map<Cell, RowList>()
  private marks = new Uint8Array(4096)
  private alive = 0
  private dead = 0

  get size(): number {
    return this.alive
  }

  /** Puts one in; of one that is in it changes all but the cells, which never change. */
  put({ id, cells, channel, wants, quietFrom, quietTo }: Entry): void {
    if ((id + 1) * marksOfRow > this.marks.length) this.grow(id)
    const known = this.marks[id * marksOfRow + 1] !== 0
    const at = id * marksOfRow
    this.marks[at] = channel
    this.marks[at + 1] = wants
    this.marks[at + 2] = quietFrom
    this.marks[at + 3] = quietTo
    if (known) return
    this.alive++
    for (const { cell, rank } of cells) this.listOf(cell).add(id, rank)
  }

  /** Takes one out for good; its id never comes back. */
  remove(id: number): void {
    if (this.marks[id * marksOfRow + 1] === undefined || !this.isAlive(id)) return
    this.marks[id * marksOfRow + 1] = 0
    this.alive--
    this.dead++
    if (this.dead > 1000 && this.dead > this.alive / 4) this.sweep()
  }

  /** Everybody whom these cells concern, each once, nearest first; of one rank in the order of ids. */
  match(cells: readonly string[]): Recipient[] {
    const best = new Map<number, number>()
    for (const list of this.listsFor(cells))
      list.each((id, rank) => {
        if (!this.isAlive(id)) return
        const known = best.get(id)
        if (known === undefined || rank < known) best.set(id, rank)
      })
    const found = [...best].map(([id, rank]) => this.recipient(id, rank))
    return found.sort((a, b) => a.rank - b.rank || a.id - b.id)
  }

  /** The lists of these cells, of those that hold them and of those that they hold. */
  private listsFor(cells: readonly string[]): Set<RowList> {
    const lists = new Set<RowList>()
    const add = (cell: Cell): void => {
      const list = this.lists.get(cell)
      if (list) lists.add(list)
    }
    for (const hex of cells) {
      const cell = cellOf(hex)
      const own = resolutionOf(cell)
      for (
        let resolution = Math.min(own, finestResolution);
        resolution >= coarsestResolution;
        resolution--
      )
        add(parentOf(cell, resolution))
      for (let resolution = own + 1; resolution <= finestResolution; resolution++)
        for (const child of cellToChildren(hexOf(cell), resolution)) add(cellOf(child))
    }
    return lists
  }

  private isAlive(id: number): boolean {
    return this.marks[id * marksOfRow + 1] !== 0
  }

  private recipient(id: number, rank: number): Recipient {
    const [channel = 0, wants = 0, quietFrom = 0, quietTo = 0] = this.marks.subarray(
      id * marksOfRow,
      (id + 1) * marksOfRow,
    )
    return { id, rank, channel, wants, quietFrom, quietTo }
  }

  private listOf(cell: Cell): RowList {
    const known = this.lists.get(cell)
    if (known) return known
    const fresh = new RowList()
    this.lists.set(cell, fresh)
    return fresh
  }

  private grow(id: number): void {
    const larger = new Uint8Array(Math.ceil((id + 1) * 1.25) * marksOfRow)
    larger.set(this.marks)
    this.marks = larger
  }

  /** Takes out of the lists who is gone. */
  private sweep(): void {
    for (const [cell, list] of this.lists)
      if (list.keep((id) => this.isAlive(id)) === 0) this.lists.delete(cell)
    this.dead = 0
  }

  /** Bytes of the arrays. */
  get bytes(): number {
    let sum = this.marks.length
    for (const list of this.lists.values()) sum += list.bytes
    return sum
  }
}
