import type { IncomingMessage } from 'node:http'
import type { Actor } from '../kernel/http/actor.ts'
import type { Kernel } from '../kernel/kernel.ts'
import { authenticate } from './authenticate.ts'
import { changeRoles } from './change-roles.ts'
import type { AuditQuery, NewPerson, Role } from './contract.ts'
import { enrolmentOf } from './enrol-passkey.ts'
import { enterDemo } from './from-shell.ts'
import { invitePerson } from './invite-person.ts'
import { revokeTokens } from './make-token.ts'
import { addOwnPasskey, removeOwnPasskey } from './own-passkeys.ts'
import { readAudit } from './read-audit.ts'
import { everyone, readMe, readOrganisations, readPeople, readPerson } from './read-people.ts'
import { renewLink } from './renew-link.ts'
import { signOut } from './sign-out.ts'
import { fromOwnPage, sessionCookie, siteOf } from './site.ts'
import { resumePerson, suspendOrganisation, suspendPerson } from './suspend-person.ts'

interface DeskOptions {
  /** The address the deployment is reached at; null where requests name it themselves. */
  publicUrl: string | null
  /** Lets `enterAs` open sessions without a passkey: `porchlight demo` only. */
  demo: boolean
}

type Request = Pick<IncomingMessage, 'headers' | 'method'>

/** The desk of one deployment, as its API and its pages are given it. */
export type DeskRoom = ReturnType<typeof makeDesk>

/** Binds the room's use cases to one kernel and one address. Each checks its actor itself. */
export function makeDesk(kernel: Kernel, options: Partial<DeskOptions> = {}) {
  const { publicUrl = null, demo = false } = options
  const siteFor = (request: Request) => siteOf(publicUrl, request)
  return {
    kernel,
    siteOf: siteFor,
    /** Who sends this, or null; see `authenticate.ts`. */
    authenticate: (request: Request): Promise<Actor | null> =>
      authenticate(kernel, siteFor(request), request, demo),
    fromOwnPage: (request: Request) => fromOwnPage(siteFor(request), request),
    cookieOf: (request: Request) => sessionCookie(siteFor(request), request),
    signOut: (secret: string) => signOut(kernel, secret),
    enrolmentOf: (secret: string) => enrolmentOf(kernel, secret),
    me: (actor: Actor) => readMe(kernel, actor),
    people: (actor: Actor) => readPeople(kernel, actor),
    person: (actor: Actor, id: string) => readPerson(kernel, actor, id),
    organisations: (actor: Actor) => readOrganisations(kernel, actor),
    invite: (actor: Actor, invited: NewPerson) => invitePerson(kernel, actor, invited),
    suspend: (actor: Actor, id: string) => suspendPerson(kernel, actor, id),
    resume: (actor: Actor, id: string) => resumePerson(kernel, actor, id),
    suspendOrganisation: (actor: Actor, change: { id: string; suspended: boolean }) =>
      suspendOrganisation(kernel, actor, change),
    changeRoles: (actor: Actor, change: { id: string; roles: Role[] }) =>
      changeRoles(kernel, actor, change),
    renewLink: (actor: Actor, order: { id: string; replace: boolean }) =>
      renewLink(kernel, actor, order),
    revokeTokens: (actor: Actor, id: string) => revokeTokens(kernel, actor, id),
    addOwnPasskey: (actor: Actor) => addOwnPasskey(kernel, actor),
    removeOwnPasskey: (actor: Actor, passkeyId: string) =>
      removeOwnPasskey(kernel, actor, passkeyId),
    audit: (actor: Actor, query: AuditQuery) => readAudit(kernel, actor, query),
    /** Everyone there is to step into. Throws Error outside the demo. */
    async demoPeople() {
      if (!demo) throw new Error('Only `porchlight demo` shows its people to strangers.')
      return everyone(kernel)
    },
    /** A session without a passkey, as its Set-Cookie header. Throws Error outside the demo. */
    async enterAs(personId: string): Promise<{ cookie: string }> {
      if (!demo) throw new Error('Only `porchlight demo` lets people in without a passkey.')
      return enterDemo(kernel, siteOf(publicUrl, { headers: { host: 'localhost' } }), personId)
    },
  }
}
