import { expect, it } from 'vitest'
import { journey, openDesk } from './browser.ts'
import { enrol, enrolFirstAdministrator, invite, report } from './steps.ts'

const lanternport = journey()
const corner = /Cooper Street & 2nd Avenue/

it('what came in between the page and its live line is seen as soon as the line is there', async () => {
  const admin = await enrolFirstAdministrator(lanternport)
  const operatorOf = async (name: string) =>
    enrol(
      lanternport,
      await invite(admin, { organisation: 'Lantern Line', name, role: 'operator' }),
    )
  const late = await operatorOf('Rosa Begum-Ilić')
  const colleague = await operatorOf('Amara Quispe-Diallo')
  await openDesk(colleague.page, '/en/desk')

  // One page has its line; the other's comes late, and a report comes in meanwhile.
  let lineUp = (): void => {}
  const line = new Promise<void>((resolve) => {
    lineUp = resolve
  })
  await late.page.route('**/api/v1/desk/stream', async (route) => {
    await line
    await route.continue()
  })
  await openDesk(late.page, '/en/desk')
  const stranger = await lanternport.person()
  await report(stranger.page)
  // Whoever has a line has been told by now: nobody will be told of it again.
  await colleague.page.getByRole('link', { name: corner }).waitFor()
  expect(await late.page.getByRole('link', { name: corner }).count()).toBe(0)
  lineUp()
  await late.page.getByRole('link', { name: corner }).waitFor()
})
