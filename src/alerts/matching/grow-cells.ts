import {
  cellToParent,
  getResolution,
  gridDisk,
  gridDistance,
  isValidCell,
  latLngToCell,
} from 'h3-js'
import type { Point } from '../../kernel/geo.ts'
import { limits } from '../../kernel/limits.ts'
import { type Width, widths } from '../contract-widths.ts'
import { coarsestResolution, finestResolution, type Residents } from './residents.ts'

export type { Width }

/** A cell of a subscription and how near it is to what was asked about: 0 is nearest. */
export interface RankedCell {
  cell: string
  rank: number
}

/** The cells around a place, before they are grown: for a form that comes without a script. */
export const cellsAround = ({ lat, lon }: Point, width: Width): string[] =>
  gridDisk(latLngToCell(lat, lon, widths[width]), 1)

/** Whether a text is a cell that a subscription may name. */
export const mayName = (cell: string): boolean =>
  isValidCell(cell) &&
  getResolution(cell) >= coarsestResolution &&
  getResolution(cell) <= finestResolution

/**
 * What may be stored of these cells: each is replaced by the cell around it until that holds a
 * thousand residents (security.md S4), so that no cell is about one house; what another holds is left
 * out. Null where even the coarsest cell holds fewer: nobody lives near there.
 */
export function growCells(cells: readonly string[], residents: Residents): RankedCell[] | null {
  const ranked = rankCells(cells)
  const grown = new Map<string, number>()
  for (const { cell, rank } of ranked) {
    const large = grow(cell, residents)
    if (!large) continue
    grown.set(large, Math.min(rank, grown.get(large) ?? rank))
  }
  const kept = [...grown].filter(([cell]) => !heldByAnother(cell, grown))
  return kept.length === 0
    ? null
    : kept
        .map(([cell, rank]) => ({ cell, rank }))
        .sort((a, b) => a.rank - b.rank || (a.cell < b.cell ? -1 : 1))
}

function grow(cell: string, residents: Residents): string | null {
  for (let resolution = getResolution(cell); resolution >= coarsestResolution; resolution--) {
    const at = cellToParent(cell, resolution)
    if (residents.of(at) >= limits.cellResidents) return at
  }
  return null
}

function heldByAnother(cell: string, all: ReadonlyMap<string, number>): boolean {
  for (let resolution = getResolution(cell) - 1; resolution >= coarsestResolution; resolution--)
    if (all.has(cellToParent(cell, resolution))) return true
  return false
}

/**
 * Finer cells are nearer than coarser ones, and the one in the middle of its neighbours is nearest.
 * Nothing but the cells themselves is known: where they are all alike they are all as near.
 */
export function rankCells(cells: readonly string[]): RankedCell[] {
  const unique = [...new Set(cells)]
  return unique.map((cell) => {
    const resolution = getResolution(cell)
    const around = unique.filter(
      (other) => getResolution(other) === resolution && other !== cell && neighbours(cell, other),
    ).length
    return { cell, rank: (finestResolution - resolution) * 2 + (around === 6 ? 0 : 1) }
  })
}

function neighbours(a: string, b: string): boolean {
  try {
    return gridDistance(a, b) === 1
  } catch {
    // Too far apart, or a pentagon between them.
    return false
  }
}
