import { beforeAll, expect, it } from 'vitest'
import { expectAccessible, journey, openDesk, type Person, withoutScript } from './browser.ts'
import { enrol, enrolFirstAdministrator, invite, report, textsOf, trustKeys } from './steps.ts'
import { feedsSayIt, find, listen, openWaiting, seenAfter } from './verifying.ts'

const newYork = journey('serve', 'nyc')
const t = textsOf('en')
/** A corner of no report: chosen from the map, not from anybody's account. */
const typed = 'Roosevelt Ave & 82 St'
const corner = /Roosevelt Avenue & 82nd Street|82nd Street & Roosevelt Avenue/

let verifier: Person
let approver: Person

beforeAll(async () => {
  const admin = await enrolFirstAdministrator(newYork)
  const first = {
    organisation: 'Invented Neighbours',
    name: 'Amara Quispe-Diallo',
    role: 'verifier',
  }
  verifier = await enrol(newYork, await invite(admin, first))
  const second = { organisation: 'Invented Legal', name: 'Dalia Fontaine-Haq', role: 'approver' }
  approver = await enrol(newYork, await invite(admin, second))
  await trustKeys(admin)
}, 90_000)

it('a New York report is confirmed by two, read without JavaScript, ended, and another corrected', async () => {
  const { url } = newYork.program
  const stranger = await newYork.person()
  const reader = await newYork.person(withoutScript)
  const stream = await listen(url)
  await report(stranger.page, { place: typed })
  await openDesk(verifier.page, '/en/desk')
  await verifier.page.getByRole('link', { name: corner }).click()
  await find(verifier.page, 'confirmed')
  await openWaiting(approver.page)
  const signedAt = Date.now()
  await approver.page.getByRole('button', { name: /Sign off/ }).click()
  const milliseconds = await seenAfter(reader.page, '/en/live', corner, signedAt)
  console.log(
    `New York: on /live without JavaScript ${milliseconds} ms after the sign-off was pressed`,
  )
  await seenAfter(reader.page, '/ur/live', corner, signedAt)
  await expectAccessible(reader.page)
  await expect.poll(() => stream.kinds, { timeout: 10_000 }).toEqual(['confirmed'])
  await feedsSayIt(url, corner)

  await approver.page.getByText(t('incidents.done.sign-off')).waitFor()
  await openDesk(approver.page)
  await approver.page.getByRole('button', { name: t('incidents.do.end') }).click()
  await approver.page.getByText(t('incidents.done.end')).waitFor()
  await seenAfter(reader.page, '/en/live', /Ended/, Date.now())
  await correctsAnother(reader, stranger)
  await expect
    .poll(() => stream.kinds, { timeout: 10_000 })
    .toEqual(['confirmed', 'ended', 'confirmed', 'corrected'])
  stream.stop()
  expect([...verifier.errors, ...approver.errors, ...stranger.errors]).toEqual([])
}, 180_000)

/** A second report, miles away, is confirmed and then taken back in public. */
async function correctsAnother(reader: Person, stranger: Person): Promise<void> {
  await report(stranger.page, { activity: 'stakeout', place: 'Fulton St & Nostrand Ave' })
  await openDesk(verifier.page, '/en/desk')
  await verifier.page.getByRole('link', { name: /Nostrand/ }).click()
  await find(verifier.page, 'confirmed')
  await openWaiting(approver.page)
  await approver.page.getByRole('button', { name: /Sign off/ }).click()
  await approver.page.getByText(t('incidents.done.sign-off')).waitFor()
  await openDesk(approver.page)
  await approver.page.getByText(t('incidents.do.correct'), { exact: true }).click()
  await approver.page.getByRole('radio', { name: t('incidents.correct-to.other-agency') }).check()
  await approver.page.getByRole('button', { name: t('incidents.do.correct-button') }).click()
  await approver.page.getByText(t('incidents.done.correct')).waitFor()
  await seenAfter(reader.page, '/en/live', /Corrected/, Date.now())
}
