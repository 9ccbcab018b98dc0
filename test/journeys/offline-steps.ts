import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { textsOf } from './steps.ts'

const t = textsOf('en')
/** The whole form on one page. */
export const offlinePage = '/en/report/offline'

/** Opens a page and waits until this phone can do without the server. */
export async function ready(page: Page, path = '/en/report', lang = 'en'): Promise<void> {
  await page.goto(path)
  await expect
    .poll(
      () =>
        page.evaluate(
          async (form) =>
            navigator.serviceWorker.controller !== null && (await caches.match(form)) !== undefined,
          `/${lang}/report/offline`,
        ),
      { timeout: 20_000 },
    )
    .toBe(true)
}

/** What the page lists as kept on the phone. */
export const kept = (page: Page, state: 'waiting' | 'sent' | 'refused' | 'expired') => {
  const words = {
    waiting: 'A report has been waiting here since',
    sent: 'A report was sent',
    refused: t('web.offline.refused'),
    expired: t('web.offline.expired', { hours: 72 }),
  }[state]
  return page.locator('[data-kept-list] li', { hasText: words })
}

/** The one-page form, filled in as somebody in a hurry would. */
export async function fillOnePage(page: Page, description = ''): Promise<void> {
  await page.getByRole('radio', { name: t('reports.activity.raid') }).check()
  await page.getByRole('radio', { name: t('reports.first-hand.yes') }).check()
  await page.getByLabel(t('reports.where.title')).fill('Cooper St & 2nd Ave')
  await page.getByRole('radio', { name: t('reports.place-kind.street') }).check()
  await page.getByRole('radio', { name: t('reports.when.now') }).check()
  await page.getByLabel(t('reports.description.label')).fill(description)
}

/** Presses the page's one button. */
export const press = (page: Page): Promise<void> =>
  page.getByRole('button', { name: t('web.offline.send') }).click()

/** Keeps a report on a phone without a line. */
export async function keepOne(page: Page, description = ''): Promise<void> {
  await page.goto(offlinePage)
  await fillOnePage(page, description)
  await press(page)
  await kept(page, 'waiting').first().waitFor()
}
