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

/** Whom an alert concerns, nearest first: ids, and beside each how near (0 is nearest). */
export interface Matches {
  ids: Uint32Array
  ranks: Uint8Array
}

/** What sending needs to know of one of them. */
export interface Recipient {
  id: number
  rank: number
  channel: number
  wants: number
  quietFrom: number
  quietTo: number
}

interface Ranked {
  rank: number
  list: RowList
}

const marksOfRow = 4

/**
 * Every subscription by its cells, in typed arrays: a list of rows a cell and rank, four bytes a row more, some
 * 35 bytes for each of a million. Whoever is found asked for that place and whoever asked is found:
 * the answer is that of looking at each in turn (`match-index.test.ts`).
 */
export class MatchIndex {
  private readonly lists = new Map<Cell, (RowList | undefined)[]>()
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
    for (const { cell, rank } of cells) this.listOf(cell, rank).add(id)
  }

  /** Takes one out for good; its id never comes back. */
  remove(id: number): void {
    if (this.marks[id * marksOfRow + 1] === undefined || !this.isAlive(id)) return
    this.marks[id * marksOfRow + 1] = 0
    this.alive--
    this.dead++
    if (this.dead > 1000 && this.dead > this.alive / 4) this.sweep()
  }

  /**
   * Everybody whom these cells concern, each once, nearest first. No cell of an entry holds another of
   * it (`growCells`): of one finest cell each entry is in one list at most, and nobody has to be
   * looked for twice.
   */
  match(cells: readonly string[]): Matches {
    const lists = this.listsFor(cells).sort((a, b) => a.rank - b.rank)
    const [only] = cells
    const single = cells.length === 1 && resolutionOf(cellOf(only ?? '0')) >= finestResolution
    return this.together(lists, single ? null : new Set())
  }

  /** The rows of these lists that are alive; `seen` leaves out who was in an earlier one. */
  private together(lists: readonly Ranked[], seen: Set<number> | null): Matches {
    const most = lists.reduce((sum, { list }) => sum + list.length, 0)
    const ids = new Uint32Array(most)
    const ranks = new Uint8Array(most)
    let count = 0
    for (const { rank, list } of lists) {
      const start = count
      for (const id of list.all) {
        if (!this.isAlive(id) || seen?.has(id)) continue
        seen?.add(id)
        ids[count++] = id
      }
      ranks.fill(rank, start, count)
    }
    return { ids: ids.subarray(0, count), ranks: ranks.subarray(0, count) }
  }

  /** The lists of these cells, of those that hold them and of those that they hold. */
  private listsFor(cells: readonly string[]): Ranked[] {
    const found = new Set<Cell>()
    for (const hex of cells) {
      const cell = cellOf(hex)
      const own = resolutionOf(cell)
      for (let r = Math.min(own, finestResolution); r >= coarsestResolution; r--)
        found.add(parentOf(cell, r))
      for (let r = own + 1; r <= finestResolution; r++)
        for (const child of cellToChildren(hexOf(cell), r)) found.add(cellOf(child))
    }
    return [...found].flatMap((cell) =>
      (this.lists.get(cell) ?? []).flatMap((list, rank) => (list ? [{ rank, list }] : [])),
    )
  }

  private isAlive(id: number): boolean {
    return this.marks[id * marksOfRow + 1] !== 0
  }

  /** What is kept of one who was found. */
  recipient(id: number, rank: number): Recipient {
    const at = id * marksOfRow
    const mark = (offset: number): number => this.marks[at + offset] ?? 0
    return { id, rank, channel: mark(0), wants: mark(1), quietFrom: mark(2), quietTo: mark(3) }
  }

  private listOf(cell: Cell, rank: number): RowList {
    let ranked = this.lists.get(cell)
    if (!ranked) {
      ranked = []
      this.lists.set(cell, ranked)
    }
    ranked[rank] ??= new RowList()
    return ranked[rank]
  }

  private grow(id: number): void {
    const larger = new Uint8Array(Math.ceil((id + 1) * 1.25) * marksOfRow)
    larger.set(this.marks)
    this.marks = larger
  }

  /** Takes out of the lists who is gone. */
  private sweep(): void {
    for (const [cell, ranked] of this.lists) {
      const left = ranked.reduce(
        (sum, list) => sum + (list?.keep((id) => this.isAlive(id)) ?? 0),
        0,
      )
      if (left === 0) this.lists.delete(cell)
    }
    this.dead = 0
  }

  /** Bytes of the arrays. */
  get bytes(): number {
    let sum = this.marks.length
    for (const ranked of this.lists.values()) for (const list of ranked) sum += list?.bytes ?? 0
    return sum
  }
}
