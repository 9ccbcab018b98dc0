import { beforeAll, expect, it } from 'vitest'
import { clearReports } from '../../tools/clearing/clear.ts'
import { expectAccessible, journey, openDesk, type Person, phone } from './browser.ts'
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

it('an operator clears reports by keys alone, and no true one is lost', async () => {
  const { page, errors } = operator
  const count = 60
  const { tally, minutes, rowsAtFirst, ends, lost } = await clearReports(
    page,
    lanternport.program.url,
    count,
  )
  console.log(
    `clearing: ${count} reports in ${rowsAtFirst} rows, ${tally.keys} keys, ${minutes.toFixed(1)} minutes`,
  )
  expect(lost).toEqual([])
  expect(rowsAtFirst).toBeLessThan(count)
  expect(ends.junk?.['set aside']).toBeGreaterThan(30)
  expect(minutes).toBeLessThan(60 * (count / 300))
  expect(errors).toEqual([])
}, 180_000)

it('a group opens to its members, and everything is accessible, on a phone as well', async () => {
  const { page } = operator
  await openDesk(page, '/en/desk')
  const group = page.locator('[data-line] a[href*="?open="]').first()
  await group.focus()
  await page.keyboard.press('x')
  await page.locator('[data-line$="-inside"]').first().waitFor()
  expect(await page.locator('[data-line$="-inside"]').count()).toBeGreaterThan(2)
  await page.keyboard.press('?')
  await page.getByText(t('incidents.keys.lede')).waitFor()
  await expectAccessible(page)
  const onPhone = await asOperator(await lanternport.person(phone))
  await openDesk(onPhone.page, '/en/desk')
  await expectAccessible(onPhone.page)
  const wide = await onPhone.page.evaluate(() => document.documentElement.scrollWidth)
  expect(wide).toBeLessThanOrEqual(390)
})
