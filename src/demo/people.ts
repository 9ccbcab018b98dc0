import type { App } from '../app.ts'
import { approvesWith, demoSecret, ensurePerson, type Role } from '../desk/index.ts'
import { addHours } from '../kernel/clock.ts'
import type { Actor } from '../kernel/http/actor.ts'

/** Four organisations of an invented city. */
const neighbours = 'Harbour Neighbours'
const clinic = 'Tidewater Legal Clinic'
const hotline = 'Lantern Line'
const agency = 'City Desk of Lanternport'

/** Everyone of the demonstration: one person of every role, and a second pair of eyes. All invented. */
const cast = {
  verifier: [neighbours, 'Amara Quispe-Diallo', 'verifier'],
  secondVerifier: [neighbours, 'Teo Lindqvist-Rao', 'verifier'],
  dispatcher: [neighbours, 'Farida Osei-Lund', 'dispatcher'],
  responder: [neighbours, 'Joon-ho Varga', 'responder'],
  advocate: [neighbours, 'Lucía Tahiri', 'advocate'],
  approver: [clinic, 'Dalia Fontaine-Haq', 'approver'],
  lawyer: [clinic, 'Meera Adeyemi-Wolski', 'lawyer'],
  records: [clinic, 'Oskar Nwachukwu-Pell', 'records'],
  operator: [hotline, 'Rosa Begum-Ilić', 'operator'],
  secondApprover: [hotline, 'Ewa Chaudhry-Monte', 'approver'],
  admin: [hotline, 'Hanneke Ruiz-Okafor', 'admin'],
  frontline: [agency, 'Pilar Yusupova', 'frontline'],
  analyst: [agency, 'Kenji Abara-Stone', 'analyst'],
} as const satisfies Record<string, readonly [organisation: string, person: string, role: Role]>

/** The keys of invented people last as long as anybody plays: ten years. */
const lastingHours = 87_600

/** The people of the script, as the use cases know them. */
export type Cast = Record<keyof typeof cast, Actor>

/** Makes everyone who is not there yet; answers them all. */
export async function seedPeople({ kernel }: App): Promise<Cast> {
  const actors = await kernel.db.transaction().execute(async (tx) => {
    const made: [string, Actor][] = []
    for (const [key, [organisation, person, role]] of Object.entries(cast)) {
      const row = await ensurePerson(tx, kernel, { organisation, person, roles: [role] })
      const token = demoSecret(kernel, { personId: row.id })
      const { organisationId } = row
      const until = addHours(kernel.clock.now(), lastingHours)
      kernel.keyTrust.trustToken({ token, personId: row.id, organisationId, until })
      made.push([
        key,
        {
          personId: row.id,
          name: row.name,
          organisationId: row.organisationId,
          organisation: row.organisation,
          roles: row.roles,
          by: 'session',
          steppedUpAt: null,
          approvesWith: approvesWith(token),
        },
      ])
    }
    return made
  })
  return Object.fromEntries(actors) as Cast
}

/**
 * Throws unless the database is empty or the demonstration's own: in demo mode anybody may step into
 * anybody, so it must never open a real deployment.
 */
export async function refuseRealDeployment({ kernel }: App): Promise<void> {
  const oldest = await kernel.db
    .selectFrom('organisations')
    .select('name')
    .orderBy('created_at')
    .limit(1)
    .executeTakeFirst()
  const ours: readonly string[] = [neighbours, clinic, hotline, agency]
  if (oldest ? ours.includes(oldest.name) : !(await anyReport(kernel))) return
  throw new Error(
    'This database belongs to a real deployment, and a demonstration lets anybody in: give the demo a folder of its own with --data.',
  )
}

const anyReport = async ({ db }: App['kernel']): Promise<boolean> =>
  (await db.selectFrom('reports').select('id').limit(1).executeTakeFirst()) !== undefined
