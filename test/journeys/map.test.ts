import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { expectAccessible, journey, type Person, phone, withoutScript } from './browser.ts'
import { textsOf } from './steps.ts'

const lanternport = journey('demo')
const t = textsOf('en')

/** Chromium says what its software renderer does with every frame. */
const noise = /GL Driver Message|GPU stall/

async function openMap(page: Page, lang = 'en'): Promise<void> {
  await page.getByRole('button', { name: textsOf(lang)('web.map.show') }).click()
  await page.locator('[data-map][data-state="ready"]').waitFor({ timeout: 30_000 })
}

/** Colours in the middle of the map, as the screen has them. */
async function coloursOf(page: Page): Promise<Set<string>> {
  const picture = await page.locator('[data-map-canvas] canvas').screenshot()
  const found = await page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height)
    const pen = canvas.getContext('2d')
    if (!pen) throw new Error('no canvas')
    pen.drawImage(bitmap, 0, 0)
    const { data } = pen.getImageData(0, 0, bitmap.width, bitmap.height)
    const colours = new Set<string>()
    for (let at = 0; at < data.length; at += 4 * 13)
      colours.add(`${data[at]},${data[at + 1]},${data[at + 2]}`)
    return [...colours]
  }, picture.toString('base64'))
  return new Set(found)
}

const faults = ({ errors }: Person): string[] => errors.filter((error) => !noise.test(error))

it('shows the incidents of the list on a map that is not loaded before it is asked for', async () => {
  const person = await lanternport.person({ colorScheme: 'light' })
  const { page } = person
  const asked: string[] = []
  page.on('request', (request) => asked.push(new URL(request.url()).pathname))
  await page.goto('/en/live', { waitUntil: 'networkidle' }).catch(() => undefined)
  expect(asked.filter((path) => /maplibre|main-|map-.*css|tiles/.test(path))).toEqual([])
  await openMap(page)
  expect(asked.filter((path) => path.startsWith('/tiles/')).length).toBeGreaterThan(0)
  // Drawn: the colours of water and land, and lines and letters between them.
  const day = await coloursOf(page)
  expect(day.size).toBeGreaterThan(20)
  expect([day.has('207,221,228'), day.has('246,242,233')]).toEqual([true, true])
  await expectAccessible(page)
  // The reader's device goes to night while the map is open.
  await page.emulateMedia({ colorScheme: 'dark' })
  await expect
    .poll(async () => (await coloursOf(page)).has('8,17,27'), { timeout: 10_000 })
    .toBe(true)
  await expectAccessible(page)
  // Every incident of the list that has a place is a mark with the words of the list.
  const marks = await page
    .locator('[data-mark-of]')
    .evaluateAll((all) => all.map((mark) => (mark as HTMLElement).dataset.markOf))
  const listed = await page
    .locator('main article a[href*="/live/"]')
    .evaluateAll((all) => all.map((link) => link.getAttribute('href')?.split('/').pop()))
  expect(marks.length).toBeGreaterThan(2)
  expect([...marks].sort()).toEqual([...listed].sort())
  // The policy that lets the map's worker start lets no other script start.
  const other = await page.evaluate(() => {
    try {
      new Worker(URL.createObjectURL(new Blob([''])))
      return 'started'
    } catch (error) {
      return (error as Error).name
    }
  })
  expect(other).toBe('TypeError')
  expect(faults(person)).toEqual([])
  expect(await person.context.cookies()).toEqual([])
})

it('is walked by keyboard: to a mark, to its card in the list and back', async () => {
  const person = await lanternport.person({ reducedMotion: 'reduce' })
  const { page } = person
  await page.goto('/en/live')
  await openMap(page)
  await page.getByRole('link', { name: t('web.map.skip') }).focus()
  await page.keyboard.press('Tab')
  const map = page.getByRole('region', { name: t('web.map.keys') })
  expect(await map.evaluate((canvas) => canvas === document.activeElement)).toBe(true)
  await page.keyboard.press('Tab')
  const mark = page.locator('[data-mark-of] button:focus')
  const words = (await mark.getAttribute('aria-label')) ?? ''
  expect(words).toMatch(/: ./)
  await page.keyboard.press('Enter')
  const sheet = page.locator('[data-map-sheet]')
  await sheet.waitFor()
  const place = (await sheet.locator('[data-sheet-place]').textContent()) ?? ''
  expect(words).toContain(place)
  await expectAccessible(page)
  await sheet.getByRole('button', { name: t('web.map.in-list') }).focus()
  await page.keyboard.press('Enter')
  const card = page.locator('article[data-chosen]')
  expect(await card.locator('a').first().textContent()).toBe(place)
  expect(await card.locator('a:focus').count()).toBe(1)
  // And from the list to the map.
  const other = page.locator('article:not([data-chosen]) [data-to-map]').first()
  await other.click()
  const chosen = page.locator('[data-mark-of] button[data-chosen]')
  expect(await chosen.count()).toBe(1)
  expect(await chosen.getAttribute('aria-label')).not.toBe(words)
  expect(await chosen.evaluate((button) => button === document.activeElement)).toBe(true)
  await page.keyboard.press('Escape')
  expect(await sheet.isHidden()).toBe(true)
  const sizes = await page
    .locator('[data-map] :is(button, .mark):visible')
    .evaluateAll((all) => all.map((each) => Math.min(each.clientHeight, each.clientWidth) + 4))
  expect(Math.min(...sizes)).toBeGreaterThanOrEqual(48)
  expect(faults(person)).toEqual([])
})

it('an area is a label on its outline, never a mark on a spot', async () => {
  const { page } = await lanternport.person()
  await page.goto('/en/live')
  await openMap(page)
  const { features } = (await (await page.request.get('/api/v1/incidents')).json()) as {
    features: { id: string; properties: { precision: string } }[]
  }
  const vague = features.filter(({ properties }) => properties.precision !== 'corner')
  expect(vague.length).toBeGreaterThan(0)
  for (const { id, properties } of features) {
    const button = page.locator(`[data-mark-of="${id}"] button`)
    expect(await button.getAttribute('class')).toContain(
      properties.precision === 'corner' ? 'spot' : 'area',
    )
  }
})

it.each([
  { lang: 'en', by: 'tap' },
  { lang: 'ar', by: 'keyboard' },
])('the place of a report is chosen on the map: $lang, $by', async ({ lang, by }) => {
  const words = textsOf(lang)
  const person = await lanternport.person(by === 'tap' ? phone : {})
  const { page } = person
  await page.goto(`/${lang}/report`)
  await page.locator('input[name="activity"][value="stop"]').check()
  await page.locator('input[name="firstHand"][value="yes"]').check()
  await page.locator('button[formaction="?/where"]').click()
  await page.getByRole('button', { name: words('web.map.choose') }).click()
  await page.locator('[data-map][data-state="ready"]').waitFor({ timeout: 30_000 })
  await expectAccessible(page)
  const near = page.locator('[data-map-near]')
  await expect.poll(() => near.textContent()).toBeTruthy()
  const before = await near.textContent()
  const canvas = page.locator('[data-map-canvas] canvas')
  if (by === 'tap') {
    await canvas.tap({ position: { x: 120, y: 130 } })
    await expect.poll(() => near.textContent(), { timeout: 10_000 }).not.toBe(before)
    await page.getByRole('button', { name: words('web.map.use') }).click()
  } else {
    await canvas.focus()
    for (const key of ['+', '+', 'ArrowLeft']) {
      await page.keyboard.press(key)
      await page.waitForTimeout(400)
    }
    await expect.poll(() => near.textContent(), { timeout: 10_000 }).not.toBe(before)
    await page.keyboard.press('Enter')
  }
  const point = page.locator('input[name="choice"][value="point"]')
  await point.waitFor()
  expect(await point.isChecked()).toBe(true)
  const accuracy = Number(await page.locator('input[name="accuracy"]').inputValue())
  expect(accuracy).toBeGreaterThan(0)
  expect(accuracy).toBeLessThan(2000)
  await page.locator('input[name="placeKind"][value="street"]').check()
  await page.locator('button[formaction="?/when"]').click()
  await page.locator('input[name="when"][value="now"]').check()
  await page.locator('button[formaction="?/send"]').click()
  await page.locator('figure .code').waitFor({ timeout: 60_000 })
  expect(faults(person)).toEqual([])
})

it('without JavaScript there is no button, and the list has everything', async () => {
  const { page } = await lanternport.person({ ...phone, ...withoutScript })
  await page.goto('/en/live')
  expect(await page.getByRole('button', { name: t('web.map.show') }).count()).toBe(0)
  expect(await page.getByRole('heading', { name: t('web.map.title'), exact: true }).count()).toBe(0)
  expect(await page.locator('main article').count()).toBeGreaterThan(2)
})

it('says so where the map cannot be had, and the list stays', async () => {
  const person = await lanternport.person()
  const { page, context } = person
  await context.route('**/tiles/**', (route) => route.abort())
  await page.goto('/en/live')
  await page.getByRole('button', { name: t('web.map.show') }).click()
  await page.getByText(t('web.map.failed')).waitFor()
  expect(await page.locator('main article').count()).toBeGreaterThan(2)
  await expectAccessible(page)
})

it('what changes is marked at once, and the list stays as it is being read', async () => {
  const { page } = await lanternport.person()
  await page.goto('/en/live')
  await openMap(page)
  const { features } = (await (
    await page.request.get('/api/v1/incidents?status=confirmed')
  ).json()) as { features: { id: string }[] }
  const id = features[0]?.id ?? ''
  await page.locator(`[data-mark-of="${id}"] button.confirmed`).waitFor()
  const operator = await lanternport.person()
  await operator.page.goto('/en/demo')
  await operator.page.locator('[data-role="operator"] button').first().click()
  await operator.page.waitForURL('**/desk')
  const status = await operator.page.evaluate(async (path) => {
    const headers = { 'content-type': 'application/json' }
    return (await fetch(path, { method: 'POST', headers, body: '{}' })).status
  }, `/api/v1/desk/incidents/${id}/end`)
  expect(status).toBeLessThan(300)
  await page.locator(`[data-mark-of="${id}"] button.ended`).waitFor()
  await page.locator('[data-live-news]').waitFor()
  const card = page.locator('article', { has: page.locator(`a[href$="/live/${id}"]`) })
  expect(await card.textContent()).toContain(t('web.status.confirmed'))
})
