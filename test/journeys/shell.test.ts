import { describe, expect, it } from 'vitest'
import { expectAccessible, journey, phone, withoutScript } from './browser.ts'
import { textsOf } from './steps.ts'

const lanternport = journey()
const t = textsOf('en')
const elsewhere = 'https://www.weather.gov/'

const publicPages = [
  '',
  '/live',
  '/report',
  '/receipt',
  '/check',
  '/alerts',
  '/about/privacy',
  '/about/policy',
  '/about/security',
]

describe('quick exit', () => {
  const exit = /Quick exit/

  it.each([
    { how: 'a click', script: true },
    { how: 'a click without JavaScript', script: false },
    { how: 'Esc three times', script: true },
  ])('leaves by $how', async ({ how, script }) => {
    const { page, errors } = await lanternport.person({
      ...phone,
      ...(script ? {} : withoutScript),
    })
    await page.goto('/en/live')
    if (how.startsWith('Esc')) {
      await page.locator('[data-exit-keys]:not([hidden])').waitFor({ state: 'attached' })
      for (let times = 0; times < 3; times++) await page.keyboard.press('Escape')
    } else await page.getByRole('link', { name: exit }).click()
    await page.waitForURL(elsewhere)
    expect(errors).toEqual([`left our origin: ${elsewhere}`])
    if (!script) return
    // Back does not lead to the page that was left.
    await page.goBack().catch(() => null)
    expect(page.url()).not.toContain('/en/live')
  })

  it('does nothing on one or two Esc, and is in reach of a thumb on every page', async () => {
    const { page } = await lanternport.person(phone)
    await page.goto('/en/report')
    for (let times = 0; times < 2; times++) await page.keyboard.press('Escape')
    expect(page.url()).toContain('/en/report')
    const box = await page.getByRole('link', { name: exit }).boundingBox()
    expect(Math.min(box?.height ?? 0, box?.width ?? 0)).toBeGreaterThanOrEqual(48)
  })
})

describe.each([
  { lang: 'en', dir: 'ltr' },
  { lang: 'ar', dir: 'rtl' },
])('every public page in $lang', ({ lang, dir }) => {
  it('has its language, one heading, a policy; no cookie, no third party, no fault', async () => {
    const { page, context, errors } = await lanternport.person(phone)
    for (const path of publicPages) {
      const answer = await page.goto(`/${lang}${path}`)
      expect(answer?.status(), path).toBe(200)
      const headers = answer?.headers() ?? {}
      const policy = `${headers['content-security-policy']}`
      expect(policy, path).toContain("default-src 'none'")
      expect(policy, path).not.toMatch(/unsafe-(inline|eval)/)
      expect(headers['x-content-type-options']).toBe('nosniff')
      const html = page.locator('html')
      expect([await html.getAttribute('lang'), await html.getAttribute('dir')]).toEqual([lang, dir])
      expect(await page.getByRole('heading', { level: 1 }).count(), path).toBe(1)
      expect(await page.title(), path).toMatch(/Porchlight/)
      await expectAccessible(page)
    }
    expect(await context.cookies()).toEqual([])
    expect(errors).toEqual([])
  })
})

it('the language menu leads to the same page in another language', async () => {
  const { page } = await lanternport.person({ ...phone, ...withoutScript })
  await page.goto('/en/live')
  await page.locator('summary', { hasText: 'English' }).click()
  await page.getByRole('link', { name: 'العربية' }).click()
  await page.waitForURL('**/ar/live')
  await expectAccessible(page)
})

it('an address without a language is answered in the reader’s', async () => {
  const langFor = async (accepted: string): Promise<string | undefined> => {
    const answer = await fetch(lanternport.program.url, {
      headers: { 'accept-language': accepted },
    })
    expect(answer.headers.get('vary')).toContain('accept-language')
    return /<html lang="([^"]+)"/.exec(await answer.text())?.[1]
  }
  expect(await langFor('bn;q=0.9, en;q=0.5')).toBe('bn')
  expect(await langFor('es-AR')).toBe('es')
  expect(await langFor('tlh')).toBe('en')
})

it('says how to tell us of a weakness', async () => {
  const answer = await fetch(`${lanternport.program.url}/.well-known/security.txt`)
  const text = await answer.text()
  const [, contact = ''] = /^Contact: (\S+)$/m.exec(text) ?? []
  expect((await fetch(contact)).status).toBe(200)
  const [, expires = ''] = /^Expires: (\S+)$/m.exec(text) ?? []
  expect(Date.parse(expires)).toBeGreaterThan(Date.now())
})

it('has no demonstration: nobody is shown, nobody is let in', async () => {
  const { url } = lanternport.program
  expect((await fetch(`${url}/en/demo`)).status).toBe(404)
  const answer = await fetch(`${url}/en/demo?/enter`, {
    method: 'POST',
    headers: { origin: url, 'content-type': 'application/x-www-form-urlencoded' },
    body: 'person=00000000-0000-4000-8000-000000000000',
  })
  expect(answer.status).toBe(404)
  expect(answer.headers.get('set-cookie')).toBeNull()
  expect(await (await fetch(`${url}/en`)).text()).not.toContain(t('desk.demo.step-in'))
})
