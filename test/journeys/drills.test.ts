import { expect, it } from 'vitest'
import { expectAccessible, journey } from './browser.ts'
import { stepInto, textsOf } from './steps.ts'

const lanternport = journey('demo')
const t = textsOf('en')

it('an approver holds a drill and ends it; it looks like one everywhere and is on no public page', async () => {
  const { page, errors } = await lanternport.person()
  await stepInto(page, 'approver')
  await page.goto('/en/desk/sending')
  await page.locator('#svelte-announcer').waitFor({ state: 'attached' })
  await page.getByText(t('desk.sending.drill-title'), { exact: true }).click()
  await expectAccessible(page)
  await page
    .getByRole('combobox', { name: t('desk.sending.drill-where') })
    .pressSequentially('Cooper')
  await page.getByRole('listbox').getByRole('option').first().click()
  await page.screenshot({ path: '/tmp/send-drill-form.png', fullPage: true })
  await page.getByRole('button', { name: t('desk.sending.drill-start') }).click()
  const row = page.locator('tr.drill').first()
  await row.getByText(t('desk.sending.drill-word'), { exact: true }).waitFor()
  await expectAccessible(page)
  await page.screenshot({ path: '/tmp/send-drill-row.png', fullPage: true })
  const address = (await row.getByRole('link').getAttribute('href')) ?? ''
  expect(address).toMatch(/^\/en\/drills\/DRILL-/)

  const reader = await lanternport.person()
  for (const [lang, name] of [
    ['en', 'light'],
    ['ar', 'rtl'],
  ] as const) {
    await reader.page.goto(address.replace('/en/', `/${lang}/`))
    await reader.page.getByText(textsOf(lang)('alerts.drill.what')).waitFor()
    await expectAccessible(reader.page)
    await reader.page.setViewportSize({ width: 390, height: 844 })
    await reader.page.screenshot({ path: `/tmp/send-drill-${name}.png`, fullPage: true })
  }
  await reader.page.emulateMedia({ colorScheme: 'dark' })
  await reader.page.screenshot({ path: '/tmp/send-drill-dark.png', fullPage: true })
  await reader.page.goto('/en/live')
  expect(await reader.page.content()).not.toContain('DRILL')

  await row.getByRole('button', { name: t('desk.sending.drill-end') }).click()
  await page.getByText(t('desk.sending.drill-all-clear')).first().waitFor()
  expect(await page.getByRole('button', { name: t('desk.sending.drill-end') }).count()).toBe(0)
  await reader.page.goto(address)
  await reader.page.getByText(textsOf('en')('alerts.drill.over')).waitFor()
  expect(errors).toEqual([])
}, 90_000)
