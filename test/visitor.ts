import { firstAdministratorLink, inviteLink, type Role } from '../src/desk/index.ts'
import type { Answer, TestApp } from './harness.ts'
import { type Lies, makePasskey, type Passkey } from './passkey.ts'

const desk = '/api/v1/desk'

/** A browser with one passkey and one cookie jar, on a page of `origin`. */
export interface Visitor {
  passkey: Passkey
  /** The cookie it sends, `name=value`; empty when it has none. */
  cookie: string
  /** Calls the desk's API as a page of ours does; keeps the cookie it is given. */
  call(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer>
  enrol(link: string, lies?: Lies): Promise<Answer>
  signIn(lies?: Lies): Promise<Answer>
  stepUp(lies?: Lies): Promise<Answer>
}

/** A stranger's browser. */
export function makeVisitor(app: TestApp, origin = 'http://localhost'): Visitor {
  const prove = async (visitor: Visitor, path: string, lies?: Lies) => {
    const begun = await visitor.call('POST', `${path}/begin`)
    if (begun.status !== 200) return begun
    const response = visitor.passkey.prove(begun.body, lies)
    return visitor.call('POST', `${path}/finish`, { response })
  }
  return {
    passkey: makePasskey(origin),
    cookie: '',
    async call(method, path, body, headers = {}) {
      const sent = { origin, host: new URL(origin).host, cookie: this.cookie, ...headers }
      const answer = await app.call(method, desk + path, { body, headers: sent })
      const given = answer.headers['set-cookie']
      if (given) this.cookie = String(given).split(';')[0] ?? ''
      return answer
    },
    async enrol(link, lies) {
      const path = `/enrolments/${link.split('/').at(-1)}`
      const begun = await this.call('POST', `${path}/begin`)
      if (begun.status !== 200) return begun
      const response = this.passkey.register(begun.body, lies)
      return this.call('POST', `${path}/finish`, { response })
    },
    signIn(lies) {
      return prove(this, '/session', lies)
    },
    stepUp(lies) {
      return prove(this, '/session/step-up', lies)
    },
  }
}

/** The first administrator, enrolled and signed in. */
export async function anAdministrator(app: TestApp): Promise<Visitor> {
  const visitor = makeVisitor(app)
  const link = await firstAdministratorLink(app.kernel)
  if (link) await visitor.enrol(link)
  return visitor
}

/** A person of these roles, enrolled and signed in, with their id. */
export async function aMember(
  app: TestApp,
  person: string,
  ...roles: Role[]
): Promise<Visitor & { id: string }> {
  const visitor = makeVisitor(app)
  const link = await inviteLink(app.kernel, { organisation: 'Harbour Neighbours', person, roles })
  const { body } = await visitor.enrol(link)
  return Object.assign(visitor, { id: String(body.person.id) })
}
