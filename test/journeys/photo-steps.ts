import type { BrowserContextOptions, Page } from 'playwright-core'
import { expect } from 'vitest'
import { type Person, phone } from './browser.ts'
import type { MediaDoor } from './media-door.ts'
import { drawPicture, withExif } from './pictures.ts'
import { report, textsOf } from './steps.ts'

const t = textsOf('en')

/** Sends a report and opens the page for its pictures. */
export async function openPhotoPage(page: Page, lang = 'en'): Promise<string> {
  const receipt = await report(page, { lang })
  await page.getByRole('button', { name: textsOf(lang)('reports.photo.title') }).click()
  await page.getByRole('heading', { name: textsOf(lang)('reports.photo.choose-title') }).waitFor()
  return receipt
}

/** A resident who has just sent a report and opened the page for its pictures. */
export async function atPhotoPage(
  door: MediaDoor,
  options: BrowserContextOptions = phone,
  lang = 'en',
): Promise<Person & { receipt: string }> {
  const person = await door.person(options)
  return { ...person, receipt: await openPhotoPage(person.page, lang) }
}

/** Chooses files as the phone's own window for it would. */
export const choose = (
  page: Page,
  ...files: { name: string; mimeType: string; buffer: Buffer }[]
) => page.locator('[data-photo-files]').setInputFiles(files)

/** Draws with the mouse over the middle of the picture, where the face is. */
export async function coverMiddle(page: Page): Promise<void> {
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
  const touch = await page.evaluate(() => navigator.maxTouchPoints > 0)
  if (touch) await page.touchscreen.tap(x, y)
}

/** Presses a button of the page by its text. */
export const click = (page: Page, key: string, lang = 'en') =>
  page.getByRole('button', { name: textsOf(lang)(`reports.photo.${key}`), exact: true }).click()

/** A photo of a phone, canaries and all. */
export const aPhoto = async (page: Page) => ({
  name: 'a.jpg',
  mimeType: 'image/jpeg',
  buffer: withExif(await drawPicture(page, 'image/jpeg')),
})

/** Has the clean copy made, and waits until it is shown. */
export async function toLook(page: Page): Promise<void> {
  await click(page, 'to-look')
  await page
    .getByRole('heading', { name: t('reports.photo.look-title') })
    .waitFor({ timeout: 60_000 })
}

/** Looks, ticks and sends; answers the bytes that left. */
export async function sendAsItIs(page: Page, door: MediaDoor): Promise<Buffer> {
  await toLook(page)
  await page.getByLabel(t('reports.photo.tick')).check()
  const before = door.received.length
  await click(page, 'send')
  await page.getByRole('heading', { name: t('reports.photo.sent-title') }).waitFor()
  expect(door.received.length).toBe(before + 1)
  return door.received.at(-1)?.body ?? Buffer.alloc(0)
}
