import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestApp, testApp } from '../../test/harness.ts'
import { aMember, makeVisitor } from '../../test/visitor.ts'
import { roles } from './index.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.stop())

const organisation = 'Harbour Neighbours'

describe('everyone but administrators', () => {
  const reading = [
    ['GET', '/people'],
    ['GET', '/organisations'],
    ['GET', '/audit'],
  ] as const
  const deeds = [
    ['suspend', undefined],
    ['resume', undefined],
    ['tokens/revoke', undefined],
    ['enrolment', { replace: true }],
    ['roles', { roles: ['admin'] }],
  ] as const

  it.each(roles.filter((role) => role !== 'admin'))('%s reaches nobody else', async (role) => {
    const [self, other] = [
      await aMember(app, `Self ${role}`, role),
      await aMember(app, `Other ${role}`, role),
    ]
    for (const [method, path] of reading) expect((await self.call(method, path)).status).toBe(403)
    for (const id of [self.id, other.id])
      for (const [deed, body] of deeds)
        expect((await self.call('POST', `/people/${id}/${deed}`, body)).status).toBe(403)
    const invited = { organisation, name: 'X', roles: ['admin'] }
    expect((await self.call('POST', '/people', invited)).status).toBe(403)
    expect((await self.call('GET', `/people/${other.id}`)).status).toBe(404)
    expect((await self.call('GET', `/people/${self.id}`)).status).toBe(200)
    const foreign = `/me/passkeys/${other.passkey.id}`
    expect((await self.call('DELETE', foreign)).status).toBe(404)
    expect((await other.signIn()).status).toBe(200)
  })

  it('strangers reach nothing', async () => {
    const stranger = makeVisitor(app)
    for (const [method, path] of [...reading, ['GET', '/me'], ['POST', '/me/enrolment']] as const)
      expect((await stranger.call(method, path)).status).toBe(401)
    expect((await stranger.call('POST', '/session/step-up/begin')).status).toBe(401)
  })
})
