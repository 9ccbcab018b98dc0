import { inviteLink, makeToken, type Role, roles } from '../desk/index.ts'
import { withApp } from './session.ts'

function knownRole(name: string): Role {
  const role = roles.find((known) => known === name)
  if (!role) throw new Error(`There is no role "${name}". The roles are: ${roles.join(', ')}.`)
  return role
}

interface UserFlags extends Record<string, unknown> {
  person: string
  organisation: string
  role: string[]
}

/** `porchlight user`: invites a person of the desk and prints the one-time link. */
export async function userCommand(flags: UserFlags): Promise<void> {
  const wanted = flags.role.map(knownRole)
  await withApp(flags, async (app) => {
    const path = await inviteLink(app.kernel, {
      person: flags.person,
      organisation: flags.organisation,
      roles: wanted,
    })
    console.log(`${app.openness.origin}${path}`)
  })
}

interface TokenFlags extends Record<string, unknown> {
  person: string
  organisation: string
  role: string
  hours: string
}

/** `porchlight token`: prints a bearer token and nothing else, so that a script can take it. */
export async function tokenCommand(flags: TokenFlags): Promise<void> {
  const role = knownRole(flags.role)
  const hours = Number(flags.hours)
  await withApp(flags, async (app) => {
    const { token } = await makeToken(app.kernel, {
      role,
      organisation: flags.organisation,
      person: flags.person,
      hours,
    })
    console.log(token)
  })
}
