import { Decrypter, generateX25519Identity, identityToRecipient } from 'age-encryption'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { expectAccessible, journey, phone, withoutScript } from './browser.ts'
import { type MediaDoor, startMediaDoor } from './media-door.ts'
import {
  aPhoto,
  atPhotoPage,
  choose,
  click,
  coverMiddle,
  openPhotoPage,
  sendAsItIs,
  toLook,
} from './photo-steps.ts'
import { canaries, drawPicture, lookAt, withExif, withText } from './pictures.ts'
import { report, textsOf } from './steps.ts'

const t = textsOf('en')
const identity = await generateX25519Identity()
const lanternport = journey('serve', 'lanternport', [
  '--evidence-recipient',
  await identityToRecipient(identity),
])
let door: MediaDoor
beforeAll(async () => {
  door = await startMediaDoor(lanternport)
})
afterAll(() => door.stop())

const tellsNothing = (body: Buffer): void => {
  for (const canary of [...canaries, 'Exif', 'JFIF', 'ICC_PROFILE', 'tEXt'])
    expect(body.includes(canary), canary).toBe(false)
}

it.each(['en', 'ar'])(
  'a photo is covered by finger, looked at, and sent bare: %s',
  async (lang) => {
    const t = textsOf(lang)
    const { page, errors, context, receipt } = await atPhotoPage(door, phone, lang)
    const before = door.received.length
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    await expectAccessible(page)
    const jpeg = withExif(await drawPicture(page, 'image/jpeg'))
    expect(jpeg.includes(canaries[1] ?? '')).toBe(true)
    await choose(page, { name: 'IMG_SECRET.jpg', mimeType: 'image/jpeg', buffer: jpeg })
    await page.getByRole('heading', { name: t('reports.photo.cover-title') }).waitFor()
    await page.getByText(t('reports.photo.no-faces')).waitFor()
    await expectAccessible(page)
    await coverMiddle(page)
    await page.locator('[data-photo-status]', { hasText: /\S/ }).waitFor()
    await click(page, 'to-look', lang)
    await page.getByRole('heading', { name: t('reports.photo.look-title') }).waitFor()
    await expectAccessible(page)
    // No model is configured, and this browser finds no faces: nothing is loaded to look for any.
    // The browser asks for the page's own icon when it pleases.
    expect(asked.filter((url) => !/^blob:|\/icon\.svg$/.test(url))).toEqual([])
    // Nothing has left, and nothing leaves before the tick.
    await click(page, 'send', lang)
    await page.getByText(t('reports.photo.tick-missing')).waitFor()
    expect(door.received.length).toBe(before)
    await page.getByLabel(t('reports.photo.tick')).check()
    await click(page, 'send', lang)
    await page.getByRole('heading', { name: t('reports.photo.sent-title') }).waitFor()
    await expectAccessible(page)
    const [sent, more] = door.received.slice(before)
    expect(more).toBeUndefined()
    expect(sent).toMatchObject({ method: 'POST', path: '/api/v1/reports/mine/media' })
    expect(sent?.headers).toMatchObject({
      authorization: `Receipt ${receipt}`,
      'content-type': 'image/jpeg',
      'idempotency-key': expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab]/),
    })
    tellsNothing(sent?.body ?? Buffer.alloc(0))
    const seen = await lookAt(page, sent?.body ?? Buffer.alloc(0))
    expect(seen).toMatchObject({ width: 2048, height: 1365, face: 0 })
    expect(seen.covered).toBeGreaterThan(205 * 205)
    // The receipt is in no address and nothing is kept.
    expect(page.url()).not.toContain(receipt)
    expect(
      await page.evaluate(async () => [
        localStorage.length,
        sessionStorage.length,
        (await indexedDB.databases()).length,
      ]),
    ).toEqual([0, 0, 0])
    expect(await context.cookies()).toEqual([])
    expect(errors).toEqual([])
  },
)

it('a PNG with text in it goes out as a JPEG without, and a photo is turned as it was held', async () => {
  const { page, errors } = await atPhotoPage(door)
  const png = withText(await drawPicture(page, 'image/png', [1200, 800]))
  const turned = withExif(await drawPicture(page, 'image/jpeg', [1200, 800]), 6)
  const sent: Buffer[] = []
  for (const [mimeType, buffer] of [
    ['image/png', png],
    ['image/jpeg', turned],
  ] as const) {
    expect(buffer.includes(canaries[3] ?? '')).toBe(true)
    await choose(page, { name: 'a', mimeType, buffer })
    sent.push(await sendAsItIs(page, door))
    await click(page, 'another')
  }
  for (const body of sent) tellsNothing(body)
  // Nothing was covered, so the face is there: the stories above would see it if it were.
  const [upright, sideways] = [await lookAt(page, sent[0]), await lookAt(page, sent[1])]
  expect(upright).toMatchObject({ width: 1200, height: 800 })
  expect(sideways).toMatchObject({ width: 800, height: 1200 })
  for (const seen of [upright, sideways]) expect(seen.face).toBeGreaterThan(120 * 120 * 0.9)
  expect(errors).toEqual([])
})

it('by keyboard: the ring covers, Backspace takes back, and everything can be made blocks', async () => {
  const { page, errors } = await atPhotoPage(door, {})
  await choose(page, await aPhoto(page))
  const canvas = page.locator('[data-photo-canvas]')
  await page.locator('[data-photo-step="cover"]').waitFor()
  await canvas.focus()
  for (const key of ['ArrowRight', 'ArrowLeft', ' ']) await page.keyboard.press(key)
  await page.getByText(t('reports.photo.covered', { count: '1' })).waitFor()
  await page.keyboard.press('Shift+ArrowDown')
  await page.keyboard.press('Enter')
  await page.getByText(t('reports.photo.covered', { count: '2' })).waitFor()
  for (const left of ['1', '0']) {
    await page.keyboard.press('Backspace')
    await page.getByText(t('reports.photo.undone', { count: left })).waitFor()
  }
  await page.getByLabel(t('reports.photo.everything')).check()
  const blocks = await lookAt(page, await sendAsItIs(page, door))
  // 16 blocks of 128 pixels: where the face began and ended, at 922 and 1126, there is no edge left.
  expect(blocks.edges.length).toBeGreaterThan(0)
  for (const edge of blocks.edges)
    expect(Math.abs(edge - 128 * Math.round(edge / 128))).toBeLessThan(16)
  expect(errors).toEqual([])
})

it('faces that the phone finds are covered with a margin', async () => {
  const person = await door.person(phone)
  const { page, errors } = person
  // A browser that can look for faces, as some phones have.
  await page.addInitScript(() => {
    class FaceDetector {
      detect({ width, height }: HTMLCanvasElement) {
        const side = width * 0.1
        return Promise.resolve([
          { boundingBox: { x: width * 0.45, y: height / 2 - side / 2, width: side, height: side } },
        ])
      }
    }
    Object.assign(window, { FaceDetector })
  })
  await openPhotoPage(page)
  await choose(page, await aPhoto(page))
  await page.getByText(t('reports.photo.faces', { count: '1' })).waitFor()
  const seen = await lookAt(page, await sendAsItIs(page, door))
  expect(seen.face).toBe(0)
  expect(seen.covered).toBeGreaterThan((2048 * 0.18) ** 2 * 0.95)
  expect(errors).toEqual([])
})

it('a lost line is tried again under the same key; what the server refuses is said in words', async () => {
  const { page } = await atPhotoPage(door)
  await choose(page, await aPhoto(page))
  await toLook(page)
  await page.getByLabel(t('reports.photo.tick')).check()
  const send = () => click(page, 'send')
  const before = door.received.length
  for (const [code, word] of [
    ['reports/media-too-large', 'reports.photo.too-large'],
    ['reports/media-unreadable', 'reports.photo.refused'],
    ['reports/media-kind', 'reports.photo.refused'],
    ['reports/too-many-media', 'reports.photo.too-many'],
    ['reports/retracted', 'reports.problem.retracted'],
    ['kernel/unexpected', 'reports.photo.unexpected'],
  ] as const) {
    door.next.push({ status: 422, code })
    await send()
    await page
      .getByRole('alert')
      .filter({ hasText: t(word) })
      .waitFor()
  }
  await expectAccessible(page)
  door.next.push('cut', { status: 503, code: 'reports/media-busy', retryAfter: 1 })
  await send()
  await page.getByRole('heading', { name: t('reports.photo.sent-title') }).waitFor()
  const tries = door.received.slice(before)
  expect(tries.length).toBe(9)
  expect(new Set(tries.map(({ headers }) => headers['idempotency-key'])).size).toBe(1)
  expect(new Set(tries.map(({ body }) => body.toString('base64'))).size).toBe(1)
})

it('the original goes out only if it is asked for, and only locked', async () => {
  const { page, errors, receipt } = await atPhotoPage(door)
  const photo = await aPhoto(page)
  await choose(page, photo)
  await toLook(page)
  const original = page.getByLabel(t('reports.photo.original'))
  expect(await original.isChecked()).toBe(false)
  await original.check()
  await page.getByLabel(t('reports.photo.tick')).check()
  const before = door.received.length
  await click(page, 'send')
  await page.getByText(t('reports.photo.original-kept')).waitFor()
  const [copy, locked] = door.received.slice(before)
  expect([copy?.method, locked?.method]).toEqual(['POST', 'PUT'])
  expect(locked?.path).toMatch(/^\/api\/v1\/reports\/mine\/media\/[0-9a-f-]{36}\/original$/)
  expect(locked?.headers).toMatchObject({
    authorization: `Receipt ${receipt}`,
    'content-type': 'application/octet-stream',
  })
  const body = locked?.body ?? Buffer.alloc(0)
  expect(body.toString('latin1', 0, 21)).toBe('age-encryption.org/v1')
  // No 16 bytes of the original stand anywhere in what left.
  for (let at = 0; at + 16 <= photo.buffer.length; at += 16)
    expect(body.includes(photo.buffer.subarray(at, at + 16))).toBe(false)
  const opener = new Decrypter()
  opener.addIdentity(identity)
  expect(Buffer.compare(await opener.decrypt(new Uint8Array(body)), photo.buffer)).toBe(0)
  expect(errors).toEqual([])
})

it('who leaves the page leaves no picture on it', async () => {
  const { page } = await atPhotoPage(door)
  await choose(page, await aPhoto(page))
  await page.locator('[data-photo-step="cover"]').waitFor()
  // Asked after the page's own script heard that it is left.
  await page.evaluate(() => {
    const canvas = document.querySelector<HTMLCanvasElement>('[data-photo-canvas]')
    const input = document.querySelector<HTMLInputElement>('[data-photo-files]')
    addEventListener('pagehide', () => {
      sessionStorage.left = JSON.stringify([canvas?.width, canvas?.height, input?.files?.length])
    })
  })
  const width = await page
    .locator('[data-photo-canvas]')
    .evaluate((canvas) => (canvas as HTMLCanvasElement).width)
  expect(width).toBe(2048)
  await page.locator('a[data-exit]').click()
  await page.getByText('elsewhere').waitFor()
  await page.goto('/en/about/privacy')
  expect(await page.evaluate(() => sessionStorage.left)).toBe('[1,1,0]')
})

it('what is no picture, and a page without a receipt, are told what to do', async () => {
  const { page } = await atPhotoPage(door)
  await choose(page, { name: 'a.heic', mimeType: 'image/heic', buffer: Buffer.from('no picture') })
  await page
    .getByRole('alert')
    .filter({ hasText: t('reports.photo.unreadable') })
    .waitFor()
  await choose(page, { name: 'a.mp4', mimeType: 'video/mp4', buffer: Buffer.alloc(4000, 7) })
  await page
    .getByRole('alert')
    .filter({ hasText: t('reports.photo.unreadable') })
    .waitFor()
  // It goes on after both.
  await choose(page, await aPhoto(page))
  await page.locator('[data-photo-step="cover"]').waitFor()
  await page.goto('/en/receipt/photo')
  await page.getByText(t('reports.photo.need-receipt')).waitFor()
  await expectAccessible(page)
})

it('without JavaScript the page says what to do with a picture, also from an opened receipt', async () => {
  const { page, context } = await door.person({ ...phone, ...withoutScript })
  const receipt = await report(page)
  await page.getByRole('button', { name: t('reports.photo.title') }).click()
  await page.getByText(t('reports.photo.without-text')).waitFor()
  await page.getByText('Lanternport Legal Line').waitFor()
  expect(await page.locator('[data-photo-files]').isVisible()).toBe(false)
  await expectAccessible(page)
  await page.getByRole('button', { name: t('reports.photo.back-report') }).click()
  await page.getByRole('button', { name: t('reports.photo.title') }).click()
  await page.getByText(t('reports.photo.without-text')).waitFor()
  expect(page.url()).not.toContain(receipt)
  expect(await context.cookies()).toEqual([])
})
