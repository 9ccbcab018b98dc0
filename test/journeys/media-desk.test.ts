import { expect, it } from 'vitest'
import { jpegWithExif, video } from '../media-files.ts'
import { expectAccessible, journey, openDesk, type Person } from './browser.ts'
import { enrol, enrolFirstAdministrator, invite, report, textsOf } from './steps.ts'

const lanternport = journey()
const t = textsOf('en')
const corner = /Cooper Street & 2nd Avenue/

async function send(sender: Person, receipt: string, type: string, data: Buffer): Promise<void> {
  const answer = await sender.page.request.post('/api/v1/reports/mine/media', {
    data,
    headers: { authorization: `Receipt ${receipt}`, 'content-type': type },
  })
  expect(answer.status()).toBe(201)
}

it('an operator looks at a photo and clears it; only then does a verifier see it', async () => {
  const admin = await enrolFirstAdministrator(lanternport)
  const colleague = async (name: string, role: 'operator' | 'verifier') =>
    enrol(lanternport, await invite(admin, { organisation: 'Lantern Line', name, role }))
  const stranger = await lanternport.person()
  const receipt = await report(stranger.page)
  await send(stranger, receipt, 'image/jpeg', await jpegWithExif(320, 240))
  await send(stranger, receipt, 'video/webm', await video('webm'))
  const operator = await colleague('Rosa Begum-Ilić', 'operator')
  const verifier = await colleague('Amara Quispe-Diallo', 'verifier')
  const open = async ({ page }: Person): Promise<void> => {
    await openDesk(page, '/en/desk')
    await page.getByRole('link', { name: corner }).first().click()
    await page.getByText(t('incidents.media.state.waiting')).first().waitFor()
  }
  await open(verifier)
  expect(await verifier.page.getByRole('button', { name: /^Look at/ }).count()).toBe(0)

  await open(operator)
  const media = operator.page.locator('[data-media]')
  expect(await media.count()).toBe(2)
  expect(await media.locator('img, video').count()).toBe(0)
  for (let n = 0; n < 2; n++)
    await operator.page
      .getByRole('button', { name: /^Look at/ })
      .first()
      .click()
  const photo = media.locator('img')
  await expect.poll(() => photo.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(320)
  await media.locator('video').waitFor()
  await expectAccessible(operator.page)
  await operator.page
    .locator('[data-media]', { has: operator.page.locator('img') })
    .getByRole('button', { name: t('incidents.media.clear') })
    .click()
  await operator.page.getByText(t('incidents.media.state.cleared')).waitFor()

  await openDesk(verifier.page)
  await verifier.page.getByRole('button', { name: /^Look at/ }).click()
  const seen = verifier.page.locator('[data-media] img')
  await expect.poll(() => seen.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(320)
  expect(await verifier.page.locator('[data-media] video').count()).toBe(0)
  // The clip's frames are made up (test/media-files.ts): the browser says that it cannot play them.
  for (const { errors } of [operator, verifier])
    expect(errors.filter((error) => !/video|media/i.test(error))).toEqual([])
})
