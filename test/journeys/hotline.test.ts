import { expect, it } from 'vitest'
import { expectAccessible, journey, openDesk } from './browser.ts'
import { enrol, enrolFirstAdministrator, invite, receiptOn, textsOf } from './steps.ts'

const lanternport = journey()
const t = textsOf('en')

it('an operator takes a report from a caller by keyboard alone', async () => {
  const admin = await enrolFirstAdministrator(lanternport)
  const link = await invite(admin, {
    organisation: 'Lantern Line',
    name: 'Rosa Begum-Ilić',
    role: 'operator',
  })
  const { page, errors } = await enrol(lanternport, link)
  await openDesk(page, '/en/desk')
  await page.getByText(t('incidents.queue.empty')).waitFor()
  await expectAccessible(page)

  let keys = 0
  const press = async (...pressed: string[]): Promise<void> => {
    for (const key of pressed) await page.keyboard.press(key)
    keys += pressed.length
  }
  const type = async (words: string): Promise<void> => {
    await page.keyboard.type(words)
    keys += words.length
  }
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('name'))

  await press('n')
  await page.getByRole('heading', { level: 1, name: t('incidents.take.title') }).waitFor()
  await expectAccessible(page)
  // From the top of the page to the first question, however many links stand before it.
  while ((await focused()) !== 'activity') await press('Tab')
  await press('ArrowDown')
  await press('Tab')
  await type('cooper 2nd')
  await page.getByRole('option', { name: /Cooper Street & 2nd Avenue/ }).waitFor()
  await press('Enter')
  await page
    .getByText(t('incidents.take.chosen', { place: 'Cooper Street' }), { exact: false })
    .waitFor()
  await press('Control+Enter')
  await page.getByText(t('incidents.take.done')).waitFor()
  expect(await receiptOn(page)).toHaveLength(16)
  await expectAccessible(page)
  console.log(`hotline: a report taken with ${keys} keys`)
  expect(keys).toBeLessThan(60)
  // The form is ready for the next call, at its first question.
  expect(await focused()).toBe('activity')

  await openDesk(page, '/en/desk')
  await page.getByRole('link', { name: /Cooper Street & 2nd Avenue/ }).waitFor()
  expect(errors).toEqual([])
})
