import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { faceModelFiles, writeFaceModel } from '../face-model.ts'
import { expectAccessible, journey, phone } from './browser.ts'
import { type MediaDoor, startMediaDoor } from './media-door.ts'
import { aPhoto, choose, click, openPhotoPage, sendAsItIs } from './photo-steps.ts'
import { frameOf, lookAt, recordVideo } from './pictures.ts'
import { textsOf } from './steps.ts'

const t = textsOf('en')
const folder = mkdtempSync(join(tmpdir(), 'porchlight-faces-'))
const lanternport = journey('serve', 'lanternport', ['--face-model', writeFaceModel(folder)])
let door: MediaDoor
beforeAll(async () => {
  door = await startMediaDoor(lanternport)
})
afterAll(async () => {
  await door.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** At the page for pictures, in a browser without a FaceDetector; what is asked for stands in `asked`. */
async function withoutDetector(lang = 'en') {
  const person = await door.person(phone)
  const asked: string[] = []
  person.context.on('request', (request) => asked.push(new URL(request.url()).pathname))
  await person.page.addInitScript(() => Reflect.deleteProperty(window, 'FaceDetector'))
  await openPhotoPage(person.page, lang)
  return { ...person, asked }
}

const found = (page: Page, count: string, key = 'faces', lang = 'en') =>
  page.getByText(textsOf(lang)(`reports.photo.${key}`, { count })).waitFor({ timeout: 60_000 })

const ofTheModel = (path: string): boolean => /^\/models\/|faces-worker/.test(path)

it.each(['en', 'ar'])(
  'the model finds a face, and what is sent shows it covered: %s',
  async (lang) => {
    const { page, errors, asked } = await withoutDetector(lang)
    // Library and model come when a photo was chosen, not before.
    expect(asked.filter(ofTheModel)).toEqual([])
    await choose(page, await aPhoto(page))
    await found(page, '1', 'faces', lang)
    await expectAccessible(page)
    expect(new Set(asked.filter(ofTheModel)).size).toBe(3)
    if (lang === 'ar') return
    const seen = await lookAt(page, await sendAsItIs(page, door))
    expect(seen.face).toBe(0)
    expect(seen.covered).toBeGreaterThan(205 * 205)
    // Not everything: the rest of the wall is as it was.
    expect(seen.covered).toBeLessThan(2048 * 1365 * 0.2)
    expect(errors).toEqual([])
  },
)

it('a face far off in a large photo is found in a part of it, and one undo takes it away', async () => {
  const { page, errors } = await withoutDetector()
  const small = await drawFar(page)
  expect((await lookAt(page, small)).face).toBeGreaterThan(60 * 60 * 0.9)
  await choose(page, { name: 'a.jpg', mimeType: 'image/jpeg', buffer: small })
  await found(page, '1')
  await click(page, 'undo')
  await page.getByText(t('reports.photo.undone', { count: '0' })).waitFor()
  await click(page, 'drop')
  await choose(page, { name: 'a.jpg', mimeType: 'image/jpeg', buffer: small })
  await found(page, '1')
  expect((await lookAt(page, await sendAsItIs(page, door))).face).toBe(0)
  expect(errors).toEqual([])
})

/** A street with a face of 60 pixels in 2048, near a corner. */
async function drawFar(page: Page): Promise<Buffer> {
  const base64 = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(2048, 1536)
    const pen = canvas.getContext('2d')
    if (!pen) throw new Error('no canvas')
    pen.fillStyle = '#3060a0'
    pen.fillRect(0, 0, 2048, 1536)
    pen.fillStyle = '#ff00ff'
    pen.fillRect(1900, 1400, 60, 60)
    const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.95 })
    return (
      new Uint8Array(await blob.arrayBuffer()) as unknown as { toBase64(): string }
    ).toBase64()
  })
  return Buffer.from(base64, 'base64')
}

it('what the browser finds and what the model finds are both covered, and counted once', async () => {
  const { page, errors } = await door.person(phone)
  await page.addInitScript(() => {
    // Finds the face of the middle, as the model does, and one in a corner that the model cannot see.
    class FaceDetector {
      detect({ width, height }: HTMLCanvasElement) {
        const side = width * 0.1
        const middle = { x: width * 0.45, y: height / 2 - side / 2, width: side, height: side }
        return Promise.resolve([
          { boundingBox: middle },
          { boundingBox: { x: 20, y: 20, width: 100, height: 100 } },
        ])
      }
    }
    Object.assign(window, { FaceDetector })
  })
  await openPhotoPage(page)
  await choose(page, await aPhoto(page))
  await found(page, '2')
  expect((await lookAt(page, await sendAsItIs(page, door))).face).toBe(0)
  expect(errors).toEqual([])
})

it('a video is looked at in several moments, and what was found is covered in all of it', async () => {
  const { page, errors } = await withoutDetector()
  const buffer = await recordVideo(page)
  await choose(page, { name: 'a.webm', mimeType: 'video/webm', buffer })
  await found(page, '1', 'faces-video')
  await expectAccessible(page)
  const sent = await sendAsItIs(page, door)
  const player = await lanternport.person({ bypassCSP: true })
  await player.page.goto('/en/about/privacy')
  for (const second of [0, 0.7, 1.4]) {
    const frame = await frameOf(player.page, sent, 'video/webm', second)
    expect(await lookAt(player.page, frame)).toMatchObject({ width: 640, height: 480, face: 0 })
  }
  expect(errors).toEqual([])
})

const weights = 'group1-shard1of1.bin'
const wrong = faceModelFiles({ rows: 100 })
const broken: [what: string, files: Map<string, Buffer>][] = [
  ['is gone', new Map()],
  [
    'has lost its weights',
    new Map([['model.json', faceModelFiles().get('model.json') ?? Buffer.alloc(0)]]),
  ],
  ['is no model', new Map([['model.json', Buffer.from('{}')]])],
  ['answers another shape', wrong],
  ['answers what is no number', new Map([...faceModelFiles(), [weights, notNumbers()]])],
]
/** Weights that are all NaN; the 13 whole numbers behind them, which are shapes, stay. */
function notNumbers(): Buffer {
  const bytes = faceModelFiles().get(weights) ?? Buffer.alloc(0)
  return Buffer.from(bytes).fill(0xff, 0, bytes.length - 13 * 4)
}

it.each(broken)(
  'where the model %s, nobody is told that faces were looked for',
  async (_what, files) => {
    const person = await door.person(phone)
    await person.context.route('**/models/**', (route) => {
      const body = files.get(new URL(route.request().url()).pathname.split('/').at(-1) ?? '')
      return body ? route.fulfill({ body }) : route.fulfill({ status: 404 })
    })
    const { page } = person
    await openPhotoPage(page)
    await choose(page, await aPhoto(page))
    await page.getByText(t('reports.photo.not-looked')).waitFor({ timeout: 60_000 })
    await expectAccessible(page)
    // The brush works as ever.
    const seen = await lookAt(page, await sendAsItIs(page, door))
    expect(seen.covered).toBeLessThan(100)
    expect(seen.face).toBeGreaterThan(205 * 205 * 0.9)
  },
)

it('who does not want to wait stops it, and whoever leaves ends it', async () => {
  const person = await door.person(phone)
  const { page, context } = person
  // The model never comes.
  await context.route('**/models/**', () => undefined)
  await openPhotoPage(page)
  await choose(page, await aPhoto(page))
  await page.getByText(t('reports.photo.looking')).waitFor()
  await expectAccessible(page)
  await click(page, 'stop')
  await page.getByText(t('reports.photo.not-looked')).waitFor()
  await click(page, 'drop')
  await choose(page, await aPhoto(page))
  await page.getByText(t('reports.photo.looking')).waitFor()
  await expect.poll(() => page.workers().length).toBe(1)
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pagehide')))
  await expect.poll(() => page.workers().length).toBe(0)
  const width = await page
    .locator('[data-photo-canvas]')
    .evaluate((canvas) => (canvas as HTMLCanvasElement).width)
  expect(width).toBe(1)
})

it('the worker of the model reaches nobody but us, and runs no text and no bytes as a program', async () => {
  const { page, context } = await door.person(phone)
  // When it asks for the model, its library has run; it gets none, so that it stays.
  const asksForModel = new Promise<void>((resolve) => {
    void context.route('**/models/**', () => resolve())
  })
  await openPhotoPage(page)
  const started = page.waitForEvent('worker')
  await choose(page, await aPhoto(page))
  const worker = await started
  await asksForModel
  const outcome = await worker.evaluate(
    () =>
      new Promise((resolve) => {
        // Not in the debugger's own step, which rules do not bind.
        setTimeout(async () => {
          const made = await fetch('http://127.0.0.1:9/').catch(() => 'refused')
          try {
            resolve([typeof WebAssembly, made, new Function('return 1')()])
          } catch (error) {
            resolve([typeof WebAssembly, made, (error as Error).name])
          }
        })
      }),
  )
  expect(outcome).toEqual(['undefined', 'refused', 'EvalError'])
})
