import type { Kernel } from '../kernel/kernel.ts'
import { audit } from './audit.ts'
import { type Role, refuse } from './contract.ts'
import { ensurePerson } from './ensure-person.ts'
import { makeLink } from './make-link.ts'
import { openSession } from './open-session.ts'
import { inGoodStanding } from './rules.ts'
import { openingCookie, type Site } from './site.ts'
import { administrators, findPerson, setPersonSuspended, takeTurn } from './store.ts'

/** What whoever runs the machine may do without being a person of the desk. */

const bootstrap = {
  organisation: 'Porchlight administrators',
  person: 'First administrator',
  roles: ['admin'],
} as const

/**
 * The path by which the first administrator enrols, or null once somebody can administer. Each
 * call makes a fresh one and cancels the one before.
 */
export async function firstAdministratorLink(kernel: Kernel): Promise<string | null> {
  return kernel.db.transaction().execute(async (tx) => {
    await takeTurn(tx)
    if ((await administrators(tx)).length > 0) return null
    const person = await ensurePerson(tx, kernel, bootstrap)
    if (person.personSuspendedAt) await setPersonSuspended(tx, person.id, null)
    const { path } = await makeLink(tx, kernel, person.id, { by: null })
    return path
  })
}

interface InviteOrder {
  organisation: string
  person: string
  roles: readonly Role[]
  /** How long the link works; 168 unless told, and at most. */
  hours?: number | undefined
}

/** The path by which a person enrols; makes them and their organisation if they are new. */
export async function inviteLink(kernel: Kernel, order: InviteOrder): Promise<string> {
  return kernel.db.transaction().execute(async (tx) => {
    const person = await ensurePerson(tx, kernel, order)
    if (!inGoodStanding(person)) throw refuse('desk/suspended')
    const { path } = await makeLink(tx, kernel, person.id, { by: null, hours: order.hours })
    return path
  })
}

/** A demonstration's way in without a passkey: answers the Set-Cookie header of a new session. */
export async function enterDemo(
  kernel: Kernel,
  site: Site,
  personId: string,
): Promise<{ cookie: string }> {
  const session = await kernel.db.transaction().execute(async (tx) => {
    const person = await findPerson(tx, personId)
    if (!person || !inGoodStanding(person)) throw refuse('desk/sign-in-refused')
    await audit(tx, kernel, { personId, action: 'demo.entered', object: `person:${personId}` })
    return openSession(tx, kernel, { personId, name: person.name }, { by: 'demo', replaces: null })
  })
  return { cookie: openingCookie(site, session.secret) }
}
