import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { faceModelFiles, writeFaceModel } from '../../../test/face-model.ts'
import { type TestApp, testApp } from '../../../test/harness.ts'
import { root } from '../../commands/session.ts'
import { readConfig } from '../config.ts'
import { limits } from '../limits.ts'

const folder = mkdtempSync(join(tmpdir(), 'porchlight-model-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const weightsName = 'group1-shard1of1.bin'
const [graph, weights] = [...faceModelFiles().values()] as [Buffer, Buffer]
const changed = (change: (graph: Record<string, never>) => object): string =>
  JSON.stringify(change(JSON.parse(graph.toString('utf8'))))
const group = (path: string) => (model: object) => ({
  ...model,
  weightsManifest: [{ paths: [path], weights: [] }],
})

let made = 0
/** A folder with a model in it, changed; answers the model's path. */
function broken(change: (folder: string) => void): string {
  made += 1
  const inside = join(folder, `broken-${made}`)
  const path = writeFaceModel(inside)
  change(inside)
  return path
}
const withGraph = (text: string) => broken((at) => writeFileSync(join(at, 'model.json'), text))

describe('a face model that no phone could use stops the start with a sentence that names it', () => {
  const start = (faceModel: string) => () => readConfig(root, { faceModel }, {})
  const refused: [what: string, path: () => string, sentence: RegExp][] = [
    ['a file that is not there', () => join(folder, 'none.json'), /is not there or cannot be read/],
    ['a folder', () => folder, /is not there or cannot be read/],
    ['what is not JSON', () => withGraph('{'), /is not JSON/],
    ['no model', () => withGraph('[]'), /is no graph model/],
    ['no graph', () => withGraph(changed(({ modelTopology, ...rest }) => rest)), /"modelTopology"/],
    [
      'no weights',
      () => withGraph(changed(({ weightsManifest, ...rest }) => rest)),
      /"weightsManifest"/,
    ],
    [
      'a layers model',
      () => withGraph(changed((all) => ({ ...all, format: 'layers-model' }))),
      /"format"/,
    ],
    [
      'weights above the folder',
      () => withGraph(changed(group('../x.bin'))),
      /"weightsManifest\.0\.paths\.0"/,
    ],
    [
      'weights of the root',
      () => withGraph(changed(group('/etc/passwd'))),
      /"weightsManifest\.0\.paths\.0"/,
    ],
    ['weights of an address', () => withGraph(changed(group('https://x.example/a'))), /paths\.0"/],
    [
      'weights that are not there',
      () => withGraph(changed(group('other.bin'))),
      /no weight file "other\.bin"/,
    ],
    [
      'itself as weights',
      () => withGraph(changed(group('model.json'))),
      /no weight file "model\.json"/,
    ],
    [
      'weights by a link',
      () =>
        broken((at) => {
          rmSync(join(at, weightsName))
          symlinkSync(join(root, 'package.json'), join(at, weightsName))
        }),
      /no weight file "group1/,
    ],
    [
      'weights cut off',
      () => broken((at) => truncateSync(join(at, weightsName), weights.length - 1)),
      /hold \d+ bytes; they hold \d+/,
    ],
    [
      'weights larger than any phone wants',
      () => broken((at) => truncateSync(join(at, weightsName), limits.modelBytes)),
      /larger than 8 MB/,
    ],
  ]
  it.each(refused)('%s', (_what, path, sentence) => {
    const at = path()
    expect(start(at)).toThrow(sentence)
    expect(start(at)).toThrow(
      `The face model ${JSON.stringify(at)} (--face-model or PORCHLIGHT_FACE_MODEL)`,
    )
  })
  it('and one that is whole does not', () => {
    const path = writeFaceModel(join(folder, 'whole'))
    expect(readConfig(root, {}, { PORCHLIGHT_FACE_MODEL: path }).faceModel).toBe(path)
  })
})

describe('a face model over HTTP', () => {
  let app: TestApp
  let address: string
  beforeAll(async () => {
    const path = writeFaceModel(join(folder, 'served'))
    mkdirSync(join(folder, 'served', 'more'))
    writeFileSync(join(folder, 'served', 'secret.bin'), 'secret')
    app = await testApp({ faceModel: path })
    address = app.app.faceModelAddress ?? ''
    // What was checked is what is served, whatever becomes of the folder.
    writeFileSync(path, 'changed')
  })
  afterAll(() => app.stop())
  const get = (url: string) => app.server.inject({ method: 'GET', url })

  it('is its two files, kept for ever under an address that is a hash of them', async () => {
    expect(address).toMatch(/^\/models\/[0-9a-f]{32}\/model\.json$/)
    const [model, bytes] = await Promise.all([
      get(address),
      get(address.replace('model.json', weightsName)),
    ])
    expect(model.rawPayload.equals(graph)).toBe(true)
    expect(bytes.rawPayload.equals(weights)).toBe(true)
    expect(model.headers['content-type']).toMatch(/^application\/json/)
    expect(bytes.headers['content-type']).toBe('application/octet-stream')
    for (const { headers } of [model, bytes]) {
      expect(headers['cache-control']).toBe('public, max-age=31536000, immutable')
      expect(headers['x-content-type-options']).toBe('nosniff')
      expect(headers['set-cookie']).toBeUndefined()
    }
  })
  it('has another address when a byte of it is another', async () => {
    const other = await testApp({ faceModel: writeFaceModel(join(folder, 'other'), { side: 17 }) })
    expect(other.app.faceModelAddress).not.toBe(address)
    await other.stop()
  })
  it.each([
    'secret.bin',
    'more',
    '',
    'served',
    '..%2fserved%2fmodel.json',
    '%2e%2e%2fmodel.json',
    '..%5cmodel.json',
    '../model.json',
    '%2fetc%2fpasswd',
    'model.json%00',
    'MODEL.JSON',
    '__proto__',
  ])('knows of no file %s beside them', async (name) => {
    const { statusCode, headers } = await get(address.replace('model.json', name))
    expect([400, 404]).toContain(statusCode)
    expect(headers['cache-control'] ?? '').not.toContain('immutable')
  })
  it('is nowhere else, and nowhere at all where none is configured', async () => {
    expect((await get('/models/0/model.json')).statusCode).toBe(404)
    const without = await testApp()
    expect(without.app.faceModelAddress).toBeNull()
    const { statusCode } = await without.server.inject({ method: 'GET', url: address })
    expect(statusCode).toBe(404)
    await without.stop()
  })
})
