import { z } from 'zod'
import { limits } from '../kernel/limits.ts'
import { Problem } from '../kernel/problem.ts'
import { asLabel, notStorable, storable } from '../kernel/text.ts'

/** What a person may be at the desk. A person holds one or more; a token holds exactly one. */
export const roles = [
  'operator',
  'verifier',
  'approver',
  'dispatcher',
  'responder',
  'lawyer',
  'advocate',
  'records',
  'analyst',
  'frontline',
  'admin',
] as const
export type Role = (typeof roles)[number]
export const Role = z.enum(roles)

/** A list without repeats, in the order of `roles`: two sets of the same roles are the same list. */
export const RoleSet = z
  .array(Role)
  .min(1)
  .max(roles.length)
  .overwrite((given) => roles.filter((role) => given.includes(role)))

const name = z
  .string()
  .refine(storable, notStorable)
  .overwrite(asLabel)
  .min(1)
  .max(limits.shortTextCharacters)

export const OrganisationName = name
export const PersonName = name

export const NewPerson = z.strictObject({
  organisation: OrganisationName,
  name: PersonName,
  roles: RoleSet,
})
export type NewPerson = z.infer<typeof NewPerson>

export const RoleChange = z.strictObject({ roles: RoleSet })

/** `replace` is for a lost phone: the passkeys the person had stop working at once. */
export const NewLink = z.strictObject({ replace: z.boolean().default(false) })

export const AuditQuery = z.strictObject({
  before: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional(),
  limit: z.coerce.number().int().min(1).max(limits.queueRows).default(50),
})
export type AuditQuery = z.infer<typeof AuditQuery>

const organisation = z.object({ id: z.uuid(), name: z.string() })
export const Organisation = organisation.extend({
  suspended: z.boolean(),
  people: z.number().int(),
})
export type Organisation = z.infer<typeof Organisation>

const at = z.iso.datetime()

/** One row of the list of people. */
export const Person = z.object({
  id: z.uuid(),
  name: z.string(),
  organisation: organisation.extend({ suspended: z.boolean() }),
  roles: z.array(Role),
  suspended: z.boolean(),
  passkeys: z.number().int(),
  /** Whether a passkey of theirs does not count yet where alerts are signed. */
  keyWaits: z.boolean(),
  tokens: z.number().int(),
  /** When their unused enrolment link stops working; null when there is none. */
  linkExpiresAt: at.nullable(),
  createdAt: at,
})
export type Person = z.infer<typeof Person>

/** A path to give to one person. It is shown once: only its hash is kept. */
export const Link = z.object({ path: z.string(), expiresAt: at })
export type Link = z.infer<typeof Link>

/** Who is signed in, to themselves. */
export const Me = z.object({
  id: z.uuid(),
  name: z.string(),
  organisation,
  roles: z.array(Role),
  by: z.enum(['session', 'token']),
  steppedUpUntil: at.nullable(),
  passkeys: z.array(z.object({ id: z.string(), createdAt: at })),
})
export type Me = z.infer<typeof Me>

export const AuditEntry = z.object({
  seq: z.string(),
  at,
  person: z.object({ id: z.uuid(), name: z.string(), organisation: z.string() }).nullable(),
  action: z.string(),
  object: z.string(),
  detail: z.record(z.string(), z.unknown()),
})
export type AuditEntry = z.infer<typeof AuditEntry>

export const AuditPage = z.object({ entries: z.array(AuditEntry), next: z.string().nullable() })
export type AuditPage = z.infer<typeof AuditPage>

/** Every refusal of this room: HTTP status, and a sentence that says what to do next. */
export const problems = {
  'desk/other-origin': [403, 'This request did not come from a page of this site.'],
  'desk/challenge-gone': [409, 'This took too long, or was sent twice. Start again.'],
  'desk/sign-in-refused': [403, 'This passkey was not accepted. Try again, or ask for a new link.'],
  'desk/passkey-cloned': [403, 'This passkey looks like a copy. Ask for a new enrolment link.'],
  'desk/passkey-unusable': [422, 'This passkey cannot be used here. Try another device.'],
  'desk/link-gone': [410, 'This link was used or has expired. Ask for a new one.'],
  'desk/step-up-needed': [403, 'Prove with your passkey that it is you, then send this again.'],
  'desk/key-not-trusted': [
    409,
    'Alerts cannot be signed with your key yet. Ask an administrator to trust it on the page People.',
  ],
  'desk/vouch-refused': [
    409,
    'This key could not be trusted. Somebody else than its owner must, whose own key is trusted.',
  ],
  'desk/not-by-token': [403, 'A bearer token cannot do this. Sign in with a passkey.'],
  'desk/name-taken': [409, 'A person of this name is already in this organisation.'],
  'desk/last-administrator': [409, 'No administrator would be left. Enrol another one first.'],
  'desk/last-passkey': [409, 'This is your only passkey. Add another one first.'],
  'desk/suspended': [409, 'This person or their organisation is suspended. Resume them first.'],
} as const satisfies Record<string, readonly [status: number, detail: string]>
export type DeskProblem = keyof typeof problems

/** The problem of that code, to be thrown. */
export const refuse = (code: DeskProblem): Problem =>
  new Problem(code, problems[code][0], problems[code][1])
