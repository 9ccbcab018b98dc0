import { afterAll, beforeAll, expect, it } from 'vitest'
import { ensurePerson, type Role, roles } from '../src/desk/index.ts'
import type { Actor } from '../src/kernel/http/actor.ts'
import { aReport, reported, type TestApp, testApp } from './harness.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.stop())

/** Somebody of this one role, who is on the deployment. */
async function somebody(role: Role): Promise<Actor> {
  const organisation = 'Harbour Neighbours'
  const row = await app.kernel.db
    .transaction()
    .execute((tx) => ensurePerson(tx, app.kernel, { organisation, person: role, roles: [role] }))
  return { ...row, personId: row.id, by: 'session', steppedUpAt: null }
}

it('shows incidents on its pages to exactly the roles the desk API shows them to', async () => {
  const { incidentId } = await reported(app)
  for (const role of roles) {
    const path = `/api/v1/desk/incidents/${incidentId}`
    const { status } = await app.call('GET', path, { token: await app.token(role) })
    const shown = app.app.pages.incidentForDesk(incidentId, await somebody(role))
    if (status === 200) await expect(shown, role).resolves.toMatchObject({ id: incidentId })
    else await expect(shown, role).rejects.toMatchObject({ status: 404 })
  }
})

it('takes reports on its pages from exactly the roles the desk API takes them from', async () => {
  for (const role of roles) {
    const body = aReport(app)
    const call = { token: await app.token(role), body }
    const { status } = await app.call('POST', '/api/v1/desk/reports', call)
    const report = { placeKind: 'street' as const, ...body }
    const taken = app.app.pages.deskReport(report, await somebody(role), null)
    if (status === 201) await expect(taken, role).resolves.toHaveProperty('receipt')
    else await expect(taken, role).rejects.toMatchObject({ status: 403 })
  }
})
