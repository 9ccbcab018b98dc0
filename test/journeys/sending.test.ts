import { expect, it } from 'vitest'
import { expectAccessible, journey } from './browser.ts'
import { stepInto, textsOf } from './steps.ts'

const lanternport = journey('demo')
const t = textsOf('en')

it('an approver stops all sending, everybody can read why, and starts it again', async () => {
  const { page, errors } = await lanternport.person()
  const { url } = lanternport.program
  await stepInto(page, 'approver')
  await page.goto('/en/desk/sending')
  await page.locator('#svelte-announcer').waitFor({ state: 'attached' })
  await expectAccessible(page)
  await page.getByText(t('desk.sending.halt-title'), { exact: true }).click()
  await page.getByLabel(t('desk.sending.reason')).fill('A wrong corner was signed off.')
  await page.screenshot({ path: '/tmp/sending-halt.png', fullPage: true })
  await page.getByRole('button', { name: t('desk.sending.halt'), exact: true }).click()
  await page.getByText('A wrong corner was signed off.').waitFor()
  await expectAccessible(page)
  const said = async () => (await fetch(`${url}/api/v1/sending`)).json()
  expect(await said()).toMatchObject({ halted: true, reason: 'A wrong corner was signed off.' })
  const reader = await lanternport.person()
  await reader.page.goto('/es/live')
  await reader.page.getByText(textsOf('es')('openness.live.halted-title')).waitFor()
  await reader.page.getByText('A wrong corner was signed off.').waitFor()
  await expectAccessible(reader.page)
  await page.getByRole('button', { name: t('desk.sending.resume') }).click()
  await page.getByText(t('desk.sending.on')).waitFor()
  expect(await said()).toMatchObject({ halted: false, reason: null })
  expect(errors).toEqual([])
}, 90_000)
