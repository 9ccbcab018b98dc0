import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { packTextFolders, readTexts, sourceHash } from './index.ts'

const root = mkdtempSync(join(tmpdir(), 'porchlight-pack-texts-'))
afterAll(() => rmSync(root, { recursive: true }))

function guide(city: string, name: string, files: Record<string, unknown>): string {
  const folder = join(root, 'cities', city, 'guides', name)
  mkdirSync(folder, { recursive: true })
  for (const [file, content] of Object.entries(files))
    writeFileSync(join(folder, file), JSON.stringify(content))
  return folder
}

describe('texts of a city pack', () => {
  const folder = guide('here', 'home', {
    'en.json': { door: 'Keep the door closed.', call: 'Call a lawyer.' },
    'es.json': {
      $status: 'native-reviewed',
      $of: { door: sourceHash('Keep the door closed.'), call: sourceHash('Ring a lawyer.') },
      door: 'Mantenga la puerta cerrada.',
      call: 'Llame a un abogado.',
    },
  })
  it('are found a guide a folder, and nothing else is', () => {
    guide('here', 'notes', { 'tree.json': {} })
    mkdirSync(join(root, 'cities', 'there'), { recursive: true })
    expect(packTextFolders(root)).toEqual([['here/guides/home', folder]])
  })
  it('fall back to English as soon as the English changes, and say which', () => {
    expect(readTexts(folder, 'es')).toEqual({
      lang: 'es',
      status: 'native-reviewed',
      messages: { door: 'Mantenga la puerta cerrada.', call: 'Call a lawyer.' },
      fallbacks: ['call'],
    })
  })
  it('are English where there is no translation', () => {
    expect(readTexts(folder, 'ru')).toMatchObject({
      status: 'machine-draft',
      messages: { door: 'Keep the door closed.' },
      fallbacks: ['door', 'call'],
    })
    expect(readTexts(folder, 'en')).toMatchObject({ status: 'source', fallbacks: [] })
  })
  it('throw where there is no English', () => {
    expect(() => readTexts(join(root, 'cities', 'there'), 'en')).toThrow('no en.json')
  })
})
