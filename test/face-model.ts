// A graph model of our own making in the published BlazeFace layout: no weights are shipped or fetched.
// It takes what is magenta for a face: real library, real decoding, real serving, an invented eye.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const columns = 17
const weightsName = 'group1-shard1of1.bin'

interface Shape {
  /** How many rows it answers, where that is to be wrong. */
  rows?: number
  /** The side of every box, in pixels of the input. */
  side?: number
}

interface Weight {
  name: string
  shape: number[]
  values: number[]
}

/** Twice, once a grid: averages of squares, then one number a column and anchor, then one row an anchor. */
const grids = [
  { name: 'fine', stride: 8, each: 2 },
  { name: 'coarse', stride: 16, each: 6 },
]

/** What a model of ours is, file by file. */
export function faceModelFiles({ rows = 896, side = 16 }: Shape = {}): Map<string, Buffer> {
  const weights = [...grids.flatMap((grid) => weightsOf(grid, side)), ...shapesOf(rows)]
  const bytes = Buffer.concat(
    weights.map(({ name, values }) =>
      Buffer.from((isWhole(name) ? new Int32Array(values) : new Float32Array(values)).buffer),
    ),
  )
  const graph = {
    format: 'graph-model',
    generatedBy: 'porchlight test',
    convertedBy: null,
    modelTopology: { node: nodes(weights), versions: { producer: 1 } },
    weightsManifest: [
      {
        paths: [weightsName],
        weights: weights.map(({ name, shape }) => ({
          name,
          shape,
          dtype: isWhole(name) ? 'int32' : 'float32',
        })),
      },
    ],
  }
  return new Map([
    ['model.json', Buffer.from(JSON.stringify(graph))],
    [weightsName, bytes],
  ])
}

/** Writes them into a folder; answers the path to configure. */
export function writeFaceModel(folder: string, shape: Shape = {}): string {
  mkdirSync(folder, { recursive: true })
  for (const [name, bytes] of faceModelFiles(shape)) writeFileSync(join(folder, name), bytes)
  return join(folder, 'model.json')
}

const isWhole = (name: string): boolean => name.startsWith('shape/') || name === 'axis'

function weightsOf({ name, each }: (typeof grids)[number], side: number): Weight[] {
  const wide = each * columns
  const column = (at: number): number => at % columns
  // Red less green: 2 for magenta, near 0 for a wall. A logit of 20 for the one, below -20 for the other.
  const kernel = [20, -20, 0].flatMap((weight) =>
    Array.from({ length: wide }, (_, at) => (column(at) === 0 ? weight : 0)),
  )
  const bias = Array.from({ length: wide }, (_, at) =>
    column(at) === 0 ? -20 : column(at) === 3 || column(at) === 4 ? side : 0,
  )
  return [
    { name: `kernel/${name}`, shape: [1, 1, 3, wide], values: kernel },
    { name: `bias/${name}`, shape: [wide], values: bias },
  ]
}

const shapesOf = (rows: number): Weight[] => [
  { name: 'shape/fine', shape: [3], values: [1, 512, columns] },
  { name: 'shape/coarse', shape: [3], values: [1, 384, columns] },
  { name: 'axis', shape: [], values: [1] },
  { name: 'shape/begin', shape: [3], values: [0, 0, 0] },
  { name: 'shape/size', shape: [3], values: [1, rows, columns] },
]

const float = { T: { type: 'DT_FLOAT' } }
const node = (name: string, op: string, input: string[], attr: object = {}) => ({
  name,
  op,
  input,
  attr: { ...float, ...attr },
})
const dims = (...sizes: number[]) => ({
  shape: { dim: sizes.map((size) => ({ size: String(size) })) },
})
const ints = (...values: number[]) => ({ list: { i: values.map(String) } })
// Base64, as the converter writes names.
const valid = { s: Buffer.from('VALID').toString('base64') }
const layout = { s: Buffer.from('NHWC').toString('base64') }

function nodes(weights: readonly Weight[]): object[] {
  const constants = weights.map(({ name, shape }) => {
    const type = isWhole(name) ? 'DT_INT32' : 'DT_FLOAT'
    const value = { tensor: { dtype: type, tensorShape: dims(...shape).shape } }
    return { name, op: 'Const', input: [], attr: { dtype: { type }, value } }
  })
  const chains = grids.flatMap(({ name, stride }) => [
    node(`mean/${name}`, 'AvgPool', ['input'], {
      ksize: ints(1, stride, stride, 1),
      strides: ints(1, stride, stride, 1),
      padding: valid,
      data_format: layout,
    }),
    node(`seen/${name}`, 'Conv2D', [`mean/${name}`, `kernel/${name}`], {
      strides: ints(1, 1, 1, 1),
      dilations: ints(1, 1, 1, 1),
      padding: valid,
      data_format: layout,
    }),
    node(`moved/${name}`, 'BiasAdd', [`seen/${name}`, `bias/${name}`], { data_format: layout }),
    node(`rows/${name}`, 'Reshape', [`moved/${name}`, `shape/${name}`]),
  ])
  return [
    {
      name: 'input',
      op: 'Placeholder',
      input: [],
      attr: { dtype: { type: 'DT_FLOAT' }, shape: dims(1, 128, 128, 3) },
    },
    ...constants,
    ...chains,
    node('all', 'ConcatV2', ['rows/fine', 'rows/coarse', 'axis'], { N: { i: '2' } }),
    node('faces', 'Slice', ['all', 'shape/begin', 'shape/size']),
  ]
}
