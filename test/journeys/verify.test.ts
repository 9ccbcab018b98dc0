import { beforeAll, expect, it } from 'vitest'
import { expectAccessible, journey, openDesk, type Person, withoutScript } from './browser.ts'
import { enrol, enrolFirstAdministrator, invite, report, textsOf, trustKeys } from './steps.ts'
import { feedsSayIt, find, listen, openWaiting, seenAfter } from './verifying.ts'

const lanternport = journey()
const t = textsOf('en')
const corner = /Cooper Street & 2nd Avenue/

let admin: Person
let verifier: Person
let approver: Person

// By the printed link the first administrator comes in, and invites two people of two organisations.
beforeAll(async () => {
  admin = await enrolFirstAdministrator(lanternport)
  const [neighbours, clinic] = ['Harbour Neighbours', 'Tidewater Legal']
  const first = { organisation: neighbours, name: 'Amara Quispe-Diallo', role: 'verifier' }
  verifier = await enrol(lanternport, await invite(admin, first))
  const second = { organisation: clinic, name: 'Dalia Fontaine-Haq', role: 'approver' }
  approver = await enrol(lanternport, await invite(admin, second))
  await trustKeys(admin)
}, 90_000)

it('two people confirm and sign off; the city sees it, and hears when it ends', async () => {
  const { url } = lanternport.program
  await openDesk(verifier.page, '/en/desk')
  await verifier.page.getByText(t('incidents.queue.empty')).waitFor()

  // A stranger reports; the verifier's open queue shows it by itself.
  const stranger = await lanternport.person()
  const receipt = await report(stranger.page)
  const row = verifier.page.getByRole('link', { name: corner })
  await row.waitFor()
  await expectAccessible(verifier.page)
  await row.click()
  await verifier.page.getByRole('heading', { level: 1, name: /Incident/ }).waitFor()
  await expectAccessible(verifier.page)
  await find(verifier.page, 'confirmed')

  // Nothing is public yet. The approver reads the words in every language and signs.
  const reader = await lanternport.person(withoutScript)
  await reader.page.goto('/en/live')
  expect(await reader.page.getByText(corner).count()).toBe(0)
  const stream = await listen(url)
  await openWaiting(approver.page)
  await approver.page.getByText(t('incidents.do.other-languages'), { exact: true }).click()
  for (const language of ['Español', 'العربية', 'বাংলা'])
    await approver.page.getByText(language, { exact: true }).waitFor()
  await expectAccessible(approver.page)
  const signedAt = Date.now()
  await approver.page.getByRole('button', { name: /Sign off/ }).click()
  const milliseconds = await seenAfter(reader.page, '/en/live', corner, signedAt)
  console.log(
    `verify: on /live without JavaScript ${milliseconds} ms after the sign-off was pressed`,
  )
  await expectAccessible(reader.page)
  await expect.poll(() => stream.kinds, { timeout: 10_000 }).toEqual(['confirmed'])
  await approver.page.getByText(t('incidents.done.sign-off')).waitFor()

  // The stranger learns of it with the receipt alone.
  const mine = await fetch(`${url}/api/v1/reports/mine`, {
    headers: { authorization: `Receipt ${receipt}` },
  })
  expect(await mine.json()).toMatchObject({ outcome: 'confirmed' })
  await feedsSayIt(url, corner)

  // It is over: one person suffices, and the page says so.
  await openDesk(verifier.page)
  await verifier.page.getByRole('button', { name: t('incidents.do.end') }).click()
  await verifier.page.getByText(t('incidents.done.end')).waitFor()
  await expect.poll(() => stream.kinds, { timeout: 10_000 }).toEqual(['confirmed', 'ended'])
  await seenAfter(reader.page, '/en/live', /Ended/, Date.now())
  await expectAccessible(reader.page)
  stream.stop()
  expect([...admin.errors, ...verifier.errors, ...approver.errors, ...stranger.errors]).toEqual([])
}, 120_000)

it('what was wrong is corrected, as loudly as it was said', async () => {
  const { url } = lanternport.program
  const { page } = verifier
  const stream = await listen(url)
  const stranger = await lanternport.person()
  await report(stranger.page, { activity: 'stakeout', place: 'Inlet St & 3rd Ave' })
  await openDesk(page, '/en/desk')
  await page.getByRole('link', { name: /Inlet Street/ }).click()
  await find(page, 'confirmed')
  await openWaiting(approver.page)
  await approver.page.getByRole('button', { name: /Sign off/ }).click()
  await approver.page.getByText(t('incidents.done.sign-off')).waitFor()
  await openDesk(page)
  await page.getByText(t('incidents.do.correct'), { exact: true }).click()
  await page.getByRole('radio', { name: t('incidents.correct-to.other-agency') }).check()
  await expectAccessible(page)
  await page.getByRole('button', { name: t('incidents.do.correct-button') }).click()
  await page.getByText(t('incidents.done.correct')).waitFor()
  await expect.poll(() => stream.kinds, { timeout: 10_000 }).toEqual(['confirmed', 'corrected'])
  const reader = await lanternport.person(withoutScript)
  await seenAfter(reader.page, '/en/live', /Corrected/, Date.now())
  stream.stop()
}, 90_000)
