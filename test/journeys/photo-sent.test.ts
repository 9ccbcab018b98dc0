import { expect, it } from 'vitest'
import { journey, phone } from './browser.ts'
import { canaries, drawPicture, withExif } from './pictures.ts'
import { report, textsOf } from './steps.ts'

const lanternport = journey()
const t = textsOf('en')

it('a covered photo goes from the phone to the sealed files of the real server, once', async () => {
  const { page, errors } = await lanternport.person(phone)
  const receipt = await report(page)
  await page.getByRole('button', { name: t('reports.photo.title') }).click()
  const buffer = withExif(await drawPicture(page, 'image/jpeg'))
  const files = [{ name: 'IMG_4711.jpg', mimeType: 'image/jpeg', buffer }]
  await page.locator('[data-photo-files]').setInputFiles(files)
  await page.getByRole('heading', { name: t('reports.photo.cover-title') }).waitFor()
  await page.getByRole('button', { name: t('reports.photo.to-look'), exact: true }).click()
  await page.getByLabel(t('reports.photo.tick')).check()
  await page.getByRole('button', { name: t('reports.photo.send'), exact: true }).click()
  await page
    .getByRole('heading', { name: t('reports.photo.sent-title') })
    .waitFor({ timeout: 60_000 })
  const rows = await lanternport.ask<Record<string, unknown>>(
    'select kind, type, state, bytes, original_bytes from report_media',
  )
  expect(rows).toEqual([
    {
      kind: 'photo',
      type: 'image/jpeg',
      state: 'waiting',
      bytes: expect.any(Number),
      original_bytes: null,
    },
  ])
  const mine = await page.request.get('/api/v1/reports/mine', {
    headers: { authorization: `Receipt ${receipt}` },
  })
  expect((await mine.json()).media).toMatchObject([{ kind: 'photo', state: 'waiting' }])
  const log = await lanternport.ask<{ data: unknown }>('select data from events')
  for (const canary of [...canaries, 'IMG_4711']) expect(JSON.stringify(log)).not.toContain(canary)
  expect(errors).toEqual([])
})
