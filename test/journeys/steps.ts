import type { Page } from 'playwright-core'
import { expect, vi } from 'vitest'
import { root } from '../../src/commands/session.ts'
import { translators } from '../../src/kernel/i18n/index.ts'
import {
  expectAccessible,
  giveAuthenticator,
  type Journey,
  openDesk,
  type Person,
} from './browser.ts'

/** The words that pages say, per language: stories find things by what people read. */
export const textsOf = translators(root)
const en = textsOf('en')

/** What a stranger answers on the public form. */
interface Told {
  activity?: string
  place?: string
  /** Answers in the words of the page's language. */
  lang?: string
  description?: string
  /** Holds each step against axe: once a language is enough. */
  axe?: boolean
}

/** Walks through the three steps of the public form up to its last button. */
export async function fillReport(page: Page, told: Told = {}): Promise<void> {
  const {
    activity = 'arrest',
    place = 'Cooper St & 2nd Ave',
    lang = 'en',
    description,
    axe = false,
  } = told
  const look = async (): Promise<void> => (axe ? expectAccessible(page) : undefined)
  const t = textsOf(lang)
  await page.goto(`/${lang}/report`)
  await look()
  await page.getByRole('radio', { name: t(`reports.activity.${activity}`) }).check()
  await page.getByRole('radio', { name: t('reports.first-hand.yes') }).check()
  await page.getByRole('button', { name: t('reports.next') }).click()
  const where = page.getByLabel(t('reports.where.title'))
  await where.fill(place)
  await look()
  await page.getByRole('button', { name: t('reports.where.find'), exact: true }).click()
  await page
    .getByRole('radio', { name: placeName(place) })
    .first()
    .check()
  await page.getByRole('radio', { name: t('reports.place-kind.street') }).check()
  await look()
  await page.getByRole('button', { name: t('reports.next') }).click()
  await page.getByRole('radio', { name: t('reports.when.now') }).check()
  if (description) await page.getByLabel(t('reports.description.label')).fill(description)
  await look()
}

/** "Cooper St & 2nd Ave" as the list names it. */
const placeName = (typed: string): RegExp => new RegExp(typed.split(' ')[0] ?? typed)

/** Sends a report on the public form; answers the 16 digits of its receipt. */
export async function report(page: Page, told: Told = {}): Promise<string> {
  const t = textsOf(told.lang ?? 'en')
  await fillReport(page, told)
  await page.getByRole('button', { name: t('reports.send') }).click()
  await page.getByRole('heading', { level: 1, name: t('reports.sent.title') }).waitFor()
  if (told.axe) await expectAccessible(page)
  return receiptOn(page)
}

/** The 16 digits that the page shows. */
export async function receiptOn(page: Page): Promise<string> {
  const digits = ((await page.locator('figure .code').textContent()) ?? '').replace(/\D/g, '')
  expect(digits).toMatch(/^\d{16}$/)
  return digits
}

/** Follows a one-time link in a browser of one's own and makes a passkey there. */
export async function enrol(journey: Journey, link: string): Promise<Person> {
  const person = await journey.person()
  await giveAuthenticator(person)
  const { page } = person
  await openDesk(page, link)
  await expectAccessible(page)
  await page.getByRole('button', { name: en('desk.enrol.button') }).click()
  await page.waitForURL(/\/desk\/me\?new/)
  await expectAccessible(page)
  return person
}

/** Becomes somebody of the demonstration by their role, at a desk whose script answers. */
export async function stepInto(page: Page, role: string): Promise<void> {
  await page.goto('/en/demo')
  await page.locator(`[data-role="${role}"] button`).first().click()
  await page.waitForURL('**/en/desk')
  await page.locator('#svelte-announcer').waitFor({ state: 'attached' })
}

/** The first administrator, by the link that the program printed. */
export async function enrolFirstAdministrator(journey: Journey): Promise<Person> {
  const printed = () => /administrator[^:]*: (http\S+)/.exec(journey.program.output())?.[1] ?? ''
  await vi.waitUntil(printed, { timeout: 10_000 })
  return enrol(journey, printed())
}

/** The administrator stands behind everybody's key, so that alerts can be signed with it. */
export async function trustKeys({ page }: Person): Promise<void> {
  await openDesk(page, '/en/desk/people')
  const waiting = page.locator('details').filter({ hasText: en('desk.people.key-waits') })
  while ((await waiting.count()) > 0) {
    const left = await waiting.count()
    const row = waiting.first()
    await row.locator('summary').click()
    await expectAccessible(page)
    await row.getByRole('button', { name: en('desk.people.do-trust') }).click()
    await vi.waitUntil(async () => (await waiting.count()) < left, { timeout: 10_000 })
  }
}

/** Invites somebody on the administrator's page; answers the link that is shown once. */
export async function invite(
  { page }: Person,
  who: { organisation: string; name: string; role: string },
): Promise<string> {
  await openDesk(page, '/en/desk/people')
  await page.getByText(en('desk.invite.title'), { exact: true }).click()
  await page.getByLabel(en('desk.invite.organisation')).fill(who.organisation)
  await page.getByLabel(en('desk.invite.name'), { exact: true }).fill(who.name)
  const roles = page.getByRole('group', { name: en('desk.invite.roles') })
  await roles.getByRole('checkbox', { name: en(`desk.role.${who.role}`) }).check()
  await expectAccessible(page)
  await page.getByRole('button', { name: en('desk.invite.button') }).click()
  return (await page.locator('code', { hasText: '/desk/enrol/' }).textContent()) ?? ''
}
