import type { Page } from 'playwright-core'
import type { Place } from '../../src/kernel/city/contract.ts'
import type { TestApp } from '../harness.ts'
import { textsOf } from './steps.ts'

interface Answers {
  lang?: string
  way?: 'webpush' | 'pull' | 'email'
  email?: string
}

/** A corner near the middle of the first neighbourhood, as the city's own list names it. */
export function cornerOf({ app: { city } }: TestApp): Place {
  const area = city.areas.find(({ kind }) => kind === 'neighbourhood')
  const place = city.nearestCorner(area?.centre ?? city.centre)
  if (!place) throw new Error('the city has no corners')
  return place
}

/** Answers the form up to its last button. */
export async function fillForm(app: TestApp, page: Page, answers: Answers = {}): Promise<void> {
  const { lang = 'en', way = 'webpush', email } = answers
  const t = textsOf(lang)
  await page.goto(`/${lang}/alerts`)
  await page.getByLabel(t('web.alerts.place-label')).fill(cornerOf(app).label)
  await page.getByRole('button', { name: t('web.alerts.place-find'), exact: true }).click()
  await page.locator('[data-hits] button').first().click()
  await page.getByLabel(t('web.alerts.own-name')).fill('Grandmother')
  await page.getByRole('radio', { name: t('web.alerts.width.near') }).check()
  await page.getByRole('radio', { name: t(`web.alerts.how.${way}`) }).check()
  if (email) await page.getByLabel(t('web.alerts.email')).fill(email)
  await page.getByRole('button', { name: t('web.alerts.review') }).click()
  await page.getByRole('heading', { name: t('web.alerts.before-title') }).waitFor()
}

/** Turns alerts on in this browser. */
export async function turnOn(app: TestApp, page: Page, answers: Answers = {}): Promise<void> {
  const t = textsOf(answers.lang ?? 'en')
  await fillForm(app, page, answers)
  await page.getByRole('button', { name: t('web.alerts.subscribe') }).click()
  await page.getByRole('heading', { name: t('web.alerts.on-title') }).waitFor()
}
