import { expect, it, vi } from 'vitest'
import { expectAccessible, journey, type Person, phone } from './browser.ts'
import { stepInto, textsOf } from './steps.ts'

const demo = journey('demo')

/** What the browser shows now. */
const shown = ({ page }: Person) =>
  page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready
    return (await registration.getNotifications()).map(({ title, body, lang, dir, icon, tag }) => ({
      said: `${title} ${body}`,
      lang,
      dir,
      icon: new URL(icon).pathname,
      tag,
    }))
  })

/** Subscribes as a visitor of the demonstration does, with nothing of the browser stood in for. */
async function subscribed(
  lang: string,
  corner: string,
  { query = '', drills = false } = {},
): Promise<Person> {
  const t = textsOf(lang)
  const person = await demo.person(phone)
  const { page, context } = person
  await context.grantPermissions(['notifications'], { origin: demo.program.url })
  await page.goto(`/${lang}/alerts${query}`)
  await page.getByLabel(t('web.alerts.place-label')).fill(corner)
  await page.getByRole('button', { name: t('web.alerts.place-find'), exact: true }).click()
  await page.locator('[data-hits] button').first().click()
  await page.getByRole('radio', { name: t('web.alerts.width.near') }).check()
  await page.getByRole('radio', { name: t('web.alerts.how.webpush') }).check()
  if (drills) await page.getByRole('checkbox', { name: t('web.alerts.wants.drills') }).check()
  await page.getByRole('button', { name: t('web.alerts.review') }).click()
  await page.getByRole('button', { name: t('web.alerts.subscribe') }).click()
  await page.getByRole('heading', { name: t('web.alerts.on-title') }).waitFor()
  return person
}

it.each([
  ['es', 'ltr', 'Hilltop Pkwy & Keel St', '', '/icon.svg'],
  ['ar', 'rtl', 'Gannet St & 6th Ave', '?app=plain', '/icon-plain.svg'],
])(
  'in %s a browser is pushed an alert, its correction and an all-clear by the demo itself',
  async (lang, dir, corner, query, icon) => {
    const t = textsOf(lang)
    const person = await subscribed(lang, corner, { query })
    const { page, errors } = person
    await expectAccessible(page)
    await page.getByRole('button', { name: t('web.alerts.demo-show') }).click()
    await page.getByRole('status').getByText(t('web.alerts.demo-started')).waitFor()
    const headline = (kind: string): string =>
      t(`openness.headline.${kind}`, { activity: '', place: '' }).split(/[:：]/)[0] ?? ''
    for (const kind of ['confirmed', 'corrected', 'confirmed', 'ended'])
      await vi.waitFor(
        async () => {
          const all = await shown(person)
          expect(all.map(({ said }) => said).join('\n')).toContain(headline(kind))
          expect(new Set(all.map((each) => `${each.lang} ${each.dir} ${each.icon}`))).toEqual(
            new Set([`${lang} ${dir} ${icon}`]),
          )
        },
        { timeout: 20_000, interval: 200 },
      )
    // Two incidents, each in its last word: nothing stands beside it, and no push was without words.
    expect((await shown(person)).map(({ tag }) => tag)).toHaveLength(2)
    expect(errors).toEqual([])
  },
)

it('a drill is shown by the phone that asked for drills, as one, and by no other', async () => {
  const corner = 'Hilltop Pkwy & Keel St'
  const asked = await subscribed('es', corner, { drills: true })
  const other = await subscribed('es', corner)
  const { page } = await demo.person()
  const t = textsOf('en')
  await stepInto(page, 'approver')
  await page.goto('/en/desk/sending')
  await page.locator('#svelte-announcer').waitFor({ state: 'attached' })
  await page.getByText(t('desk.sending.drill-title'), { exact: true }).click()
  await page
    .getByRole('combobox', { name: t('desk.sending.drill-where') })
    .pressSequentially(corner)
  await page.getByRole('listbox').getByRole('option').first().click()
  await page.getByRole('button', { name: t('desk.sending.drill-start') }).click()
  const all = async (person: Person): Promise<string> =>
    (await shown(person)).map(({ said }) => said).join('\n')
  await expect.poll(() => all(asked), { timeout: 20_000 }).toMatch(/SIMULACRO/i)
  expect(await all(other)).toBe('')
  expect(asked.errors).toEqual([])
}, 90_000)
