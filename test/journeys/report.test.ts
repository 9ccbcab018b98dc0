import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { expectAccessible, journey, phone, withoutScript } from './browser.ts'
import { fillReport, receiptOn, report, textsOf } from './steps.ts'

const lanternport = journey()

/** A phone's page never scrolls sideways. */
async function expectFits(page: Page): Promise<void> {
  const [wide, seen] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    document.documentElement.clientWidth,
  ])
  expect(wide, page.url()).toBeLessThanOrEqual(seen ?? 0)
}

async function reportsKept(): Promise<number> {
  const rows = await lanternport.ask<{ kept: number }>('select count(*)::int as kept from reports')
  return rows[0]?.kept ?? Number.NaN
}

it.each([
  { lang: 'en', dir: 'ltr', script: true },
  { lang: 'en', dir: 'ltr', script: false },
  { lang: 'ar', dir: 'rtl', script: false },
  { lang: 'bn', dir: 'ltr', script: true },
])('a resident reports on a phone: $lang, JavaScript $script', async ({ lang, dir, script }) => {
  const { page, context, errors } = await lanternport.person({
    ...phone,
    ...(script ? {} : withoutScript),
  })
  const before = await reportsKept()
  const receipt = await report(page, {
    lang,
    axe: true,
    description: 'Two vans. حافلتان. দুটি গাড়ি।',
  })
  await expectFits(page)
  expect(await page.locator('html').getAttribute('dir')).toBe(dir)
  expect(await page.locator('html').getAttribute('lang')).toBe(lang)
  expect(await reportsKept()).toBe(before + 1)
  // It is shown this once: the form that comes next knows nothing of it.
  await page.goto(`/${lang}/report`)
  expect(await page.locator('main').textContent()).not.toContain(receipt.slice(0, 4))
  expect(await context.cookies()).toEqual([])
  expect(errors).toEqual([])
})

it('what was typed is still there when something is missing', async () => {
  const t = textsOf('en')
  const { page } = await lanternport.person({ ...phone, ...withoutScript })
  const next = page.getByRole('button', { name: t('reports.next') })
  await page.goto('/en/report')
  await page.getByRole('radio', { name: t('reports.activity.raid') }).check()
  await next.click()
  await page.getByRole('link', { name: t('reports.error.first-hand') }).waitFor()
  await expectAccessible(page)
  expect(await page.getByRole('radio', { name: t('reports.activity.raid') }).isChecked()).toBe(true)
  await page.getByRole('radio', { name: t('reports.first-hand.no') }).check()
  await next.click()
  const place = page.getByLabel(t('reports.where.title'))
  await place.fill('behind the blue gate')
  await page.getByRole('button', { name: t('reports.where.find'), exact: true }).click()
  await expectAccessible(page)
  expect(await place.inputValue()).toBe('behind the blue gate')
  await next.click()
  await page.getByRole('link', { name: t('reports.error.choice') }).waitFor()
  expect(await place.inputValue()).toBe('behind the blue gate')
  await page.getByRole('radio', { name: /Use these words/ }).check()
  await page.getByRole('radio', { name: t('reports.place-kind.workplace') }).check()
  await next.click()
  await page.getByLabel(t('reports.description.label')).fill('The foreman told me.')
  await page.getByRole('button', { name: t('reports.send') }).click()
  await page.getByRole('link', { name: t('reports.error.when') }).waitFor()
  await expectAccessible(page)
  expect(await page.getByLabel(t('reports.description.label')).inputValue()).toBe(
    'The foreman told me.',
  )
  await page.getByRole('radio', { name: t('reports.when.now') }).check()
  await page.getByRole('button', { name: t('reports.send') }).click()
  await receiptOn(page)
})

it('a form that is sent twice is one report with one receipt', async () => {
  const { page, context } = await lanternport.person({ ...phone, ...withoutScript })
  await fillReport(page)
  const before = await reportsKept()
  const form = await page.evaluate(() =>
    Object.fromEntries(
      [...new FormData(document.querySelector('main form') as HTMLFormElement)].map(
        ([name, value]) => [name, String(value)],
      ),
    ),
  )
  const send = async (): Promise<string> => {
    const { url } = lanternport.program
    const answer = await context.request.post(`${url}/en/report?/send`, {
      form,
      headers: { origin: url, accept: 'text/html' },
    })
    expect(answer.status()).toBe(200)
    return (await answer.text()).replaceAll(/<[^>]*>/g, '').match(/(\d{4} ){3}\d{4}/)?.[0] ?? ''
  }
  const [first, second] = await Promise.all([send(), send()])
  expect(first).toMatch(/\d/)
  expect(second).toBe(first)
  expect(await reportsKept()).toBe(before + 1)
})

it('with the receipt alone one sees what became of it, adds to it, and takes it back', async () => {
  const t = textsOf('en')
  const { page } = await lanternport.person({ ...phone, ...withoutScript })
  const receipt = await report(page, { place: 'Jetty St & 4th Ave' })
  const look = async (code: string): Promise<void> => {
    await page.goto('/en/receipt')
    await page.getByLabel(t('reports.receipt.label')).fill(code)
    await page.getByRole('button', { name: t('reports.receipt.open') }).click()
  }
  await look('0000 0000 0000 0000')
  await page.getByRole('link', { name: /No report has this code/ }).waitFor()
  await expectAccessible(page)
  await look(receipt.replaceAll(/(\d{4})/g, '$1 '))
  await page.getByRole('heading', { name: t('reports.outcome.checking') }).waitFor()
  await expectAccessible(page)
  await expectFits(page)
  await page.getByLabel(t('reports.receipt.add-label')).fill('They have left.')
  await page.getByRole('button', { name: t('reports.receipt.add'), exact: true }).click()
  await page.getByText(t('reports.receipt.added'), { exact: true }).waitFor()
  await page.getByRole('button', { name: t('reports.receipt.retract'), exact: true }).click()
  await page.getByRole('heading', { name: t('reports.receipt.confirm-title') }).waitFor()
  await expectAccessible(page)
  await page.getByRole('button', { name: t('reports.receipt.confirm') }).click()
  await page.getByText(t('reports.receipt.retracted'), { exact: true }).waitFor()
  await look(receipt)
  await page.getByRole('heading', { name: t('reports.outcome.retracted') }).waitFor()
  await expectAccessible(page)
})
