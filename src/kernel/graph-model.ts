import { createHash } from 'node:crypto'
import { lstatSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'
import { limits } from './limits.ts'

/** A TensorFlow.js graph model as it was read: what was checked is what is served. */
export interface GraphModel {
  /** A hash of the names and bytes of all of it. */
  version: string
  /** By name; `model.json` is the graph, whatever its file is called on disk. */
  files: ReadonlyMap<string, Buffer>
}

/** Why a model cannot be used: the end of a sentence that begins with the file's name. */
export class ModelFault extends Error {}

const graphName = 'model.json'

/** Bytes of a number of each kind that the format knows; a quantized weight is stored as another kind. */
const bytesOf: Record<string, number> = {
  float32: 4,
  int32: 4,
  uint32: 4,
  complex64: 8,
  float16: 2,
  uint16: 2,
  uint8: 1,
  bool: 1,
}

const Weight = z.object({
  shape: z.array(z.number().int().min(0)),
  dtype: z.string(),
  quantization: z.object({ dtype: z.string() }).optional(),
})
const Group = z.object({
  /** Names of files in the same folder: no slash, no dot in front. */
  paths: z.array(z.string().regex(/^\w[\w.-]{0,99}$/)).min(1),
  weights: z.array(Weight),
})
/** The parts of the format that a browser needs (tfjs-core `io/types.ts`, ModelJSON). */
const Graph = z.object({
  format: z.literal('graph-model').optional(),
  modelTopology: z.object({ node: z.array(z.unknown()).min(1) }),
  weightsManifest: z.array(Group).min(1),
})
type Group = z.infer<typeof Group>

/**
 * Reads a model and the weight files beside it. Throws ModelFault where it is no graph model of
 * TensorFlow.js, where a weight file is missing, elsewhere or of the wrong length, and where all together
 * are larger than `limits.modelBytes`.
 */
export function readGraphModel(path: string): GraphModel {
  const graph = read(path, limits.modelBytes)
  if (!graph) throw new ModelFault('is not there or cannot be read')
  const files = new Map([[graphName, graph]])
  let room = limits.modelBytes - graph.length
  for (const group of parsed(graph).weightsManifest) {
    const parts = group.paths.map((name) => {
      const bytes = name === basename(path) || name === graphName ? null : beside(path, name, room)
      if (!bytes) throw new ModelFault(`has no weight file ${JSON.stringify(name)} beside it`)
      room -= bytes.length
      files.set(name, bytes)
      return bytes.length
    })
    holdToLength(group, sum(parts))
  }
  return { version: hashOf(files), files }
}

function parsed(graph: Buffer): z.infer<typeof Graph> {
  let json: unknown
  try {
    json = JSON.parse(graph.toString('utf8'))
  } catch {
    throw new ModelFault('is not JSON')
  }
  const result = Graph.safeParse(json)
  if (result.success) return result.data
  const where = result.error.issues[0]?.path.join('.') ?? ''
  throw new ModelFault(`is no graph model of TensorFlow.js (look at "${where}" in it)`)
}

/** A link could lead out of the folder: only a file of the folder itself is a weight file. */
function beside(path: string, name: string, room: number): Buffer | null {
  const file = join(dirname(path), name)
  return lstatSync(file, { throwIfNoEntry: false })?.isFile() ? read(file, room) : null
}

/** Null where there is no file that can be read. Looked at before it is opened: a pipe would hold the start up. */
function read(file: string, most: number): Buffer | null {
  const found = statSync(file, { throwIfNoEntry: false })
  if (!found?.isFile()) return null
  if (found.size > most) throw tooLarge()
  try {
    return readFileSync(file)
  } catch {
    return null
  }
}

const tooLarge = (): ModelFault =>
  new ModelFault(
    `is larger than ${limits.modelBytes / 1024 / 1024} MB with its weights: too much for a phone`,
  )

/** A file that was cut off on its way here would fail on every phone and nowhere else. */
function holdToLength({ paths, weights }: Group, length: number): void {
  const wanted = sum(
    weights.map(({ shape, dtype, quantization }) => {
      const each = bytesOf[quantization?.dtype ?? dtype] ?? Number.NaN
      return shape.reduce((all, side) => all * side, each)
    }),
  )
  if (length === wanted) return
  throw new ModelFault(
    Number.isNaN(wanted)
      ? 'has weights of a kind that is not numbers'
      : `says that ${paths.map((name) => JSON.stringify(name)).join(', ')} hold ${wanted} bytes; they hold ${length}`,
  )
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0)

function hashOf(files: ReadonlyMap<string, Buffer>): string {
  const hash = createHash('sha256')
  for (const [name, bytes] of files) hash.update(`${name}\0${bytes.length}\0`).update(bytes)
  return hash.digest('hex').slice(0, 32)
}
