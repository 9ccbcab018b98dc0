import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { expectAccessible, journey, type Person, phone, withoutScript } from './browser.ts'
import { type MediaApi, startMediaApi } from './media-api.ts'
import { canaries, drawPicture, lookAt, withExif, withText } from './pictures.ts'
import { receiptOn, report, textsOf } from './steps.ts'

const lanternport = journey()
let api: MediaApi
beforeAll(async () => {
  api = await startMediaApi(lanternport)
})
afterAll(() => api.stop())

/** A resident who has just sent a report and opened the page for its pictures. */
async function atPhotoPage(lang = 'en', options = phone): Promise<Person & { receipt: string }> {
  const person = await api.person(options)
  const { page } = person
  const receipt = await report(page, { lang })
  await page.getByRole('button', { name: textsOf(lang)('reports.photo.title') }).click()
  await page.getByRole('heading', { name: textsOf(lang)('reports.photo.choose-title') }).waitFor()
  return { ...person, receipt }
}

const choose = (page: Page, ...files: { name: string; mimeType: string; buffer: Buffer }[]) =>
  page.locator('[data-photo-files]').setInputFiles(files)

/** Draws with the mouse over the middle of the picture, where the face is. */
async function coverMiddle(page: Page): Promise<void> {
  const canvas = page.locator('[data-photo-canvas]')
  await canvas.scrollIntoViewIfNeeded()
  const box = await canvas.boundingBox()
  if (!box) throw new Error('no picture')
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  await page.mouse.move(x - box.width * 0.05, y)
  await page.mouse.down()
  await page.mouse.move(x + box.width * 0.05, y, { steps: 5 })
  await page.mouse.move(x, y + box.height * 0.02, { steps: 3 })
  await page.mouse.up()
}

const click = (page: Page, lang: string, key: string) =>
  page.getByRole('button', { name: textsOf(lang)(`reports.photo.${key}`), exact: true }).click()

const tellsNothing = (body: Buffer): void => {
  for (const canary of [...canaries, 'Exif', 'JFIF', 'ICC_PROFILE', 'tEXt'])
    expect(body.includes(canary), canary).toBe(false)
}

it.each(['en', 'ar'])(
  'a photo is covered by finger, looked at, and sent bare: %s',
  async (lang) => {
    const t = textsOf(lang)
    const { page, errors, context, receipt } = await atPhotoPage(lang)
    const before = api.received.length
    await expectAccessible(page)
    const jpeg = withExif(await drawPicture(page, 'image/jpeg'))
    expect(jpeg.includes(canaries[1] ?? '')).toBe(true)
    await choose(page, { name: 'IMG_SECRET.jpg', mimeType: 'image/jpeg', buffer: jpeg })
    await page.getByRole('heading', { name: t('reports.photo.cover-title') }).waitFor()
    await page.getByText(t('reports.photo.no-faces')).waitFor()
    await expectAccessible(page)
    await coverMiddle(page)
    await page.locator('[data-photo-status]', { hasText: /\S/ }).waitFor()
    await click(page, lang, 'to-look')
    await page.getByRole('heading', { name: t('reports.photo.look-title') }).waitFor()
    await expectAccessible(page)
    // Nothing has left, and nothing leaves before the tick.
    await click(page, lang, 'send')
    await page.getByText(t('reports.photo.tick-missing')).waitFor()
    expect(api.received.length).toBe(before)
    await page.getByLabel(t('reports.photo.tick')).check()
    await click(page, lang, 'send')
    await page.getByRole('heading', { name: t('reports.photo.sent-title') }).waitFor()
    await expectAccessible(page)
    const [sent, more] = api.received.slice(before)
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
    expect(page.url()).not.toMatch(/\d{4}/.test(receipt) ? receipt : /$^/)
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

void [receiptOn, withText, withoutScript]
