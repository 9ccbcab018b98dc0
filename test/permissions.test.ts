import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeToken, type Role, roles } from '../src/desk/index.ts'
import { permits } from '../src/kernel/http/actor.ts'
import { reported, type TestApp, testApp } from './harness.ts'
import { endless, table } from './permissions-table.ts'
import { aMember, anAdministrator } from './visitor.ts'

let app: TestApp
let routes: string[]
const token = {} as Record<Role, string>
let victim: string
let published: string
beforeAll(async () => {
  app = await testApp()
  for (const role of roles) token[role] = await app.token(role)
  victim = await personId('Somebody Else')
  published = (await reported(app)).incidentId
  routes = routesOf(app.server.printRoutes({ commonPrefix: false }))
})
afterAll(() => app.stop())

async function personId(person: string): Promise<string> {
  await app.token('records', { person, organisation: 'Elsewhere' })
  const row = await app.kernel.db
    .selectFrom('people')
    .select('id')
    .where('name', '=', person)
    .executeTakeFirstOrThrow()
  return row.id
}

/** Fastify's own drawing of its routes, read back. */
function routesOf(drawing: string): string[] {
  const found: string[] = []
  const trail: string[] = []
  for (const line of drawing.split('\n')) {
    const parts = /^([│ ]*)[├└]── (\S*)(?: \(([^)]*)\))?/.exec(line)
    if (!parts) continue
    const [, indent = '', path = '', methods = ''] = parts
    trail.splice(indent.length / 4)
    trail.push(path)
    for (const method of methods.split(', '))
      if (!['', 'HEAD', 'OPTIONS'].includes(method)) found.push(`${method} ${trail.join('')}`)
  }
  return found
}

const nobody = '00000000-0000-4000-8000-000000000000'
/** The same route for something that is there, and for something that is not. */
function paths(url: string): [there: string, missing: string] {
  const there = url.includes('/incidents/') ? published : victim
  const missing = url.includes('/incidents/') ? 'ZZZZ-ZZZZ' : nobody
  const fill = (id: string) =>
    url.replace(':id', id).replace(':file', `${id}.xml`).replace(':secret', 'x'.repeat(43))
  return [fill(there), fill(missing)]
}

const call = (
  route: string,
  which: 0 | 1,
  bearer?: string,
  headers: Record<string, string> = {},
) => {
  const [method = '', url = ''] = route.split(' ')
  const body = method === 'POST' ? {} : undefined
  return app.call(method, paths(url)[which], {
    body,
    headers,
    ...(bearer ? { token: bearer } : {}),
  })
}

test('every route has its row', () => {
  expect(routes.sort()).toEqual(Object.keys(table).sort())
})

test('the API describes every route that is not hidden, and no other', async () => {
  const { body } = await app.call('GET', '/api/openapi.json')
  for (const [path, methods] of Object.entries(body.paths as Record<string, object>))
    for (const method of Object.keys(methods))
      expect(table).toHaveProperty([`${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`])
})

describe.each(Object.entries(table))('%s', (route, permit) => {
  test('a stranger', async () => {
    if (permit === 'anyone') {
      if (endless.has(route)) return
      expect((await call(route, 1)).body?.code).not.toBe('kernel/sign-in-needed')
      return
    }
    for (const bearer of [undefined, 'x'.repeat(43)]) {
      const [there, missing] = [await call(route, 0, bearer), await call(route, 1, bearer)]
      expect(there).toMatchObject({ status: 401, body: { code: 'kernel/sign-in-needed' } })
      expect(there.text).toBe(missing.text)
    }
    if (route.startsWith('GET'))
      expect((await call(route.replace('GET', 'HEAD'), 0)).status).toBe(401)
  })

  test.each(roles)('%s', async (role) => {
    if (permit === 'anyone') return
    const actor = { roles: [role] } as unknown as Parameters<typeof permits>[1]
    if (!permits(permit, actor)) {
      const [there, missing] = [
        await call(route, 0, token[role]),
        await call(route, 1, token[role]),
      ]
      expect(there).toMatchObject({ status: 403, body: { code: 'kernel/not-permitted' } })
      expect(there.text).toBe(missing.text)
      return
    }
    if (endless.has(route)) return
    const { status, body } = await call(route, 1, token[role])
    expect(status).toBeLessThan(500)
    // What only a person with their passkey may do says so, whoever's token it is.
    if (status === 403) expect(body.code).toBe('desk/not-by-token')
    expect(status).not.toBe(401)
  })
})

test('an expired token and a suspended person are strangers on every route', async () => {
  const short = await makeToken(app.kernel, {
    role: 'operator',
    person: 'Short',
    organisation: 'Pier',
    hours: 0.01,
  })
  const gone = await makeToken(app.kernel, {
    role: 'operator',
    person: 'Gone',
    organisation: 'Pier',
    hours: 12,
  })
  const outside = await makeToken(app.kernel, {
    role: 'operator',
    person: 'Out',
    organisation: 'Closed',
    hours: 12,
  })
  await app.app.pool.query("update people set suspended_at = now() where name = 'Gone'")
  await app.app.pool.query("update organisations set suspended_at = now() where name = 'Closed'")
  app.clock.advance(2)
  for (const [route, permit] of Object.entries(table)) {
    if (permit === 'anyone') continue
    for (const { token: bearer } of [short, gone, outside])
      expect((await call(route, 0, bearer)).status, route).toBe(401)
  }
})

test('one knows oneself; of others, an administrator only', async () => {
  const own = (await app.call('GET', '/api/v1/desk/me', { token: token.lawyer })).body.id
  const person = (id: string, role: Role) =>
    app.call('GET', `/api/v1/desk/people/${id}`, { token: token[role] })
  expect((await person(own, 'lawyer')).status).toBe(200)
  const [there, missing] = [await person(victim, 'lawyer'), await person(nobody, 'lawyer')]
  expect([there.status, missing.status]).toEqual([404, 404])
  expect(there.text).toBe(missing.text)
  expect((await person(victim, 'admin')).status).toBe(200)
})

test('what was never published and what never was are one to the public', async () => {
  const [there, missing] = await Promise.all(
    [published, 'ZZZZ-ZZZZ'].map((id) => app.call('GET', `/api/v1/incidents/${id}`)),
  )
  expect([there?.status, there?.text]).toEqual([404, missing?.text])
})

test('a session cookie does nothing for a page of another site', async () => {
  await anAdministrator(app)
  const member = await aMember(app, 'Cora', ...roles)
  const cookie = { cookie: member.cookie, host: 'localhost' }
  const foreign: Record<string, string>[] = [
    {},
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: 'http://localhost.evil.example' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site', origin: 'http://other.localhost' },
    { referer: 'http://localhost/desk' },
  ]
  for (const [route, permit] of Object.entries(table)) {
    if (permit === 'anyone' || route.startsWith('GET')) continue
    for (const headers of foreign)
      expect(
        (await call(route, 1, undefined, { ...cookie, ...headers })).status,
        `${route} ${JSON.stringify(headers)}`,
      ).toBe(401)
    const ours = await call(route, 1, undefined, { ...cookie, origin: 'http://localhost' })
    expect(ours.status, route).not.toBe(401)
  }
  expect((await member.call('GET', '/me')).status).toBe(200)
})
