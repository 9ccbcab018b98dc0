import type { Page } from 'playwright-core'
import { beforeAll, expect, it } from 'vitest'
import { expectAccessible, journey, openDesk, type Person } from './browser.ts'
import { stepInto, textsOf } from './steps.ts'

const lanternport = journey('demo')
const t = textsOf('en')

let operator: Person
beforeAll(async () => {
  operator = await asOperator(await lanternport.person())
}, 60_000)

async function asOperator(person: Person): Promise<Person> {
  await stepInto(person.page, 'operator')
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

it('an open group that is set aside goes whole, and a member comes back by itself', async () => {
  const { page } = operator
  for (let n = 0; n < 4; n++) await junkAt(n)
  await openDesk(page, '/en/desk')
  const group = page.locator('[data-line] a[href*="?open="]').first()
  await group.focus()
  const head = await lineWithFocus(page)
  await page.keyboard.press('x')
  await page.locator('[data-line$="-inside"]').first().waitFor()
  expect(await lineWithFocus(page)).toBe(head)
  await page.keyboard.press('s')
  await expect.poll(() => status(page).textContent()).toMatch(/set aside/i)
  await expect.poll(() => page.locator('[data-line$="-inside"]').count()).toBe(0)
  const aside = page.locator('section[aria-labelledby="group-aside"]')
  await expect
    .poll(() =>
      page.evaluate(
        () => document.activeElement?.closest('section')?.ariaLabelledByElements?.[0]?.id,
      ),
    )
    .not.toBe('group-aside')
  expect(await lineWithFocus(page)).not.toBe(null)
  await aside.locator('a').first().focus()
  await page.keyboard.press('x')
  await aside.locator('[data-line$="-inside"] a').nth(1).focus()
  await page.keyboard.press('b')
  await expect.poll(() => status(page).textContent()).toMatch(/^Back in the queue/)
})

/** One hand's words about another corner, by a stranger. */
async function junkAt(n: number): Promise<void> {
  const { url } = lanternport.program
  const found = await fetch(
    `${url}/api/v1/places?q=${['Cooper 1', 'Keel 6', 'Anchor 8', 'Lantern 2'][n]}&limit=1`,
  )
  const [{ lat, lon }] = (await found.json()).places
  const answer = await fetch(`${url}/api/v1/reports`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      activity: 'patrol',
      place: { lat, lon },
      observedAt: new Date().toISOString(),
      firstHand: true,
      description: `nobody should leave the house today, tanks are coming over the bridge ${n}`,
    }),
  })
  expect(answer.status).toBe(201)
}

it('the row under the cursor, what was done and the way back are always there', async () => {
  const { page } = operator
  await openDesk(page, '/en/desk')
  await page.keyboard.press('j')
  await page.keyboard.press('Home')
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
