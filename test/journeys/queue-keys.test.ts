import type { Page } from 'playwright-core'
import { beforeAll, expect, it } from 'vitest'
import { expectAccessible, journey, openDesk, type Person } from './browser.ts'
import { textsOf } from './steps.ts'

const lanternport = journey('demo')
const t = textsOf('en')

let operator: Person
beforeAll(async () => {
  operator = await asOperator(await lanternport.person())
}, 60_000)

async function asOperator(person: Person): Promise<Person> {
  const { page } = person
  await page.goto('/en/demo')
  await page.locator('[data-role="operator"] button').first().click()
  await page.waitForURL('**/desk')
  return person
}

const status = (page: Page) => page.locator('[role="status"].said')
const lineWithFocus = (page: Page) =>
  page.evaluate(
    () => document.activeElement?.closest<HTMLElement>('[data-line]')?.dataset.line ?? null,
  )

it('single keys do nothing while somebody types, nor once they are turned off', async () => {
  const { page } = operator
  await openDesk(page, '/en/desk')
  await page
    .locator('section[aria-labelledby="group-open"] [data-line] a:not([href*="?open="])')
    .first()
    .focus()
  await page.keyboard.press('Enter')
  const note = page.getByLabel(t('incidents.do.find-note'))
  await note.focus()
  await page.keyboard.type('q s j')
  expect(await note.inputValue()).toBe('q s j')
  expect(page.url()).toContain('/incidents/')
  await expectAccessible(page)

  await openDesk(page, '/en/desk')
  await page.keyboard.press('?')
  const wish = page.getByLabel(t('incidents.keys.on'))
  await wish.uncheck()
  await wish.blur()
  await page.keyboard.press('j')
  expect(await lineWithFocus(page)).toBe(null)
  await wish.check()
  await wish.blur()
  await page.keyboard.press('j')
  await expect.poll(() => lineWithFocus(page)).not.toBe(null)
})

it('the row under the cursor, what was done and the way back are always there', async () => {
  const { page } = operator
  await openDesk(page, '/en/desk')
  await page.keyboard.press('j')
  while (!(await page.locator('[aria-keyshortcuts="S"]').isVisible()))
    await page.keyboard.press('j')
  const first = await lineWithFocus(page)
  await page.keyboard.press('s')
  await expect.poll(() => status(page).textContent()).toMatch(/set aside/i)
  await expect.poll(() => lineWithFocus(page)).not.toBe(first)
  expect(await lineWithFocus(page)).not.toBe(null)
  await page.keyboard.press('z')
  await expect.poll(() => status(page).textContent()).toBe(t('incidents.queue.did.undo'))
  await expect.poll(() => lineWithFocus(page)).toBe(first)
})
