import { expect, it, vi } from 'vitest'
import { expectAccessible, journey, type Person, phone } from './browser.ts'
import { textsOf } from './steps.ts'

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
async function subscribed(lang: string, corner: string, query = ''): Promise<Person> {
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
    const person = await subscribed(lang, corner, query)
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
