import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { root } from '../../commands/session.ts'
import {
  type Approval,
  approvalKeyOf,
  openRegistry,
  type Registry,
  statementText,
} from '../../kernel/approvals/index.ts'
import { alertText } from '../alert-text.ts'
import type { Alert } from '../contract-alert.ts'
import { makeSigner } from './core.ts'
import type { Signer } from './port.ts'
import { startSigner } from './start-signer.ts'

const now = new Date('2026-11-24T18:00:00Z')
let at = now
let folder: string
let registry: Registry
let signer: Signer

beforeEach(() => {
  at = now
  folder = mkdtempSync(join(tmpdir(), 'signer-'))
  registry = openRegistry(folder)
  const policy = { differentOrganisations: true, findingHours: 3, showHours: 24 }
  signer = makeSigner(folder, { now: () => at }, policy)
  for (const [person, organisation] of people)
    registry.trust({
      ...keyOf(person),
      personId: person,
      organisationId: organisation,
      type: 'ed25519',
      site: null,
      vouches: person === 'admin',
      until: null,
    })
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const people = [
  ['finder', 'neighbours'],
  ['approver', 'clinic'],
  ['colleague', 'neighbours'],
  ['admin', 'clinic'],
] as const
const organisationOf = new Map<string, string>(people)
const keyOf = (person: string) => {
  const { keyId, publicKey } = approvalKeyOf(`the secret of ${person}`)
  return { keyId, publicKey }
}

const anAlert = (change: Partial<Alert> = {}): Alert => ({
  v: 1,
  origin: 'https://porchlight.example',
  id: '7K3D-9QPT',
  revision: 1,
  kind: 'confirmed',
  activity: 'raid',
  precision: 'corner',
  place: 'Cooper Street & 2nd Avenue',
  areas: ['harbourside', 'zip-00011'],
  cells: ['892b6211d2fffff'],
  seenAt: null,
  sentAt: now.toISOString(),
  expiresAt: new Date(now.getTime() + 3 * 3_600_000).toISOString(),
  correction: null,
  drill: false,
  ...change,
})

const approval = (
  person: string,
  act: string,
  facts: object,
  change: { object?: string; minutesAgo?: number } = {},
): Approval => {
  const statement = statementText({
    act,
    object: change.object ?? '7K3D-9QPT',
    facts: facts as never,
    at: new Date(now.getTime() - (change.minutesAgo ?? 1) * 60_000).toISOString(),
    nonce: `${person} ${act}`,
  })
  const { keyId, sign } = approvalKeyOf(`the secret of ${person}`)
  return {
    personId: person,
    organisationId: organisationOf.get(person) ?? 'nobody',
    statement,
    proof: { by: 'key', keyId, signature: sign(statement) },
  }
}
const found = (person = 'finder', change = {}, facts = {}) =>
  approval(person, 'find', { finding: 'confirmed', areas: ['harbourside'], ...facts }, change)
const placed = {
  revision: 1,
  precision: 'corner',
  place: 'Cooper Street & 2nd Avenue',
  areas: ['harbourside', 'zip-00011'],
}
const signedOff = (person = 'approver', change = {}, facts = {}) =>
  approval(person, 'sign-off', { finding: 'confirmed', ...placed, ...facts }, change)

it('signs what two people of two organisations stand behind, and says the same again', async () => {
  const first = await signer.sign(anAlert(), [found(), signedOff()])
  const again = await signer.sign(anAlert(), [])
  expect(again).toEqual(first)
  expect((await signer.keys()).alert.keyId).toBe(first.keyId)
})

const forged = (given: Approval, change: Partial<Approval>): Approval => ({ ...given, ...change })
const refusals: [string, string, Partial<Alert>, () => Approval[]][] = [
  ['nobody', 'needs-two-people', {}, () => []],
  ['the finder alone', 'needs-two-people', {}, () => [found()]],
  ['the approver alone', 'needs-two-people', {}, () => [signedOff()]],
  ['one person twice', 'needs-two-people', {}, () => [found('approver'), signedOff('approver')]],
  [
    'two of one organisation',
    'needs-second-organisation',
    {},
    () => [found(), signedOff('colleague')],
  ],
  ['another place', 'says-something-else', { place: 'Elsewhere' }, () => [found(), signedOff()]],
  ['other areas', 'says-something-else', { areas: ['uptown'] }, () => [found(), signedOff()]],
  ['another incident', 'says-something-else', { id: 'AAAA-AAAA' }, () => [found(), signedOff()]],
  [
    'another finding',
    'says-something-else',
    {},
    () => [found('finder', {}, { finding: 'unfounded' }), signedOff()],
  ],
  ['another revision', 'says-something-else', { revision: 2 }, () => [found(), signedOff()]],
  [
    'an old sign-off',
    'approval-too-old',
    {},
    () => [found(), signedOff('approver', { minutesAgo: 40 })],
  ],
  [
    'a finding of yesterday',
    'approval-too-old',
    {},
    () => [found('finder', { minutesAgo: 1500 }), signedOff()],
  ],
  [
    'a sign-off of tomorrow',
    'approval-too-old',
    {},
    () => [found(), signedOff('approver', { minutesAgo: -60 })],
  ],
  [
    'an alert that is shown for a week',
    'wrong-times',
    { expiresAt: '2026-12-01T18:00:00.000Z' },
    () => [found(), signedOff()],
  ],
  [
    'an alert of tomorrow',
    'wrong-times',
    { sentAt: '2026-11-25T18:00:00.000Z', expiresAt: '2026-11-25T20:00:00.000Z' },
    () => [found(), signedOff()],
  ],
  ['a key nobody trusts', 'key-not-trusted', {}, () => [found(), signedOff('stranger')]],
  [
    'a name that is not the key’s',
    'another-person',
    {},
    () => [found(), forged(signedOff(), { personId: 'admin' })],
  ],
  [
    'a changed statement',
    'bad-proof',
    {},
    () => [
      found(),
      forged(signedOff(), {
        statement: signedOff('approver', {}, { place: 'Elsewhere' }).statement,
      }),
    ],
  ],
  [
    'a statement in another form',
    'not-a-statement',
    {},
    () => [found(), forged(signedOff(), { statement: ` ${signedOff().statement}` })],
  ],
]
it.each(refusals)('refuses %s: %s', async (_what, code, change, approvals) => {
  await expect(signer.sign(anAlert(change), approvals())).rejects.toMatchObject({ code })
  expect((await signer.feed()).bytes.readUInt16BE(8)).toBe(0)
})

it('one person corrects or ends it; an older word is not signed after a newer one', async () => {
  await signer.sign(anAlert(), [found(), signedOff()])
  const correction = anAlert({
    revision: 2,
    kind: 'correction',
    correction: { was: 'confirmed', now: 'unfounded' },
  })
  const taken = approval('finder', 'correct', { finding: 'unfounded', ...placed, revision: 2 })
  await expect(signer.sign(correction, [])).rejects.toMatchObject({ code: 'needs-approval' })
  await signer.sign(correction, [taken])
  await expect(
    signer.sign(anAlert({ activity: 'stop' }), [found(), signedOff()]),
  ).rejects.toMatchObject({
    code: 'older-revision',
  })
  const clear = approval('finder', 'end', { finding: 'ended', ...placed, revision: 3 })
  await signer.sign(anAlert({ revision: 3, kind: 'all-clear' }), [clear])
})

it('halted it starts nothing, but corrects; only a trusted person ends the halt', async () => {
  await signer.sign(anAlert(), [found(), signedOff()])
  await signer.halt()
  const other = { id: 'BBBB-BBBB' }
  const both = () => [
    found('finder', { object: other.id }),
    signedOff('approver', { object: other.id }),
  ]
  await expect(signer.sign(anAlert(other), both())).rejects.toMatchObject({ code: 'halted' })
  const clear = approval('finder', 'end', { finding: 'ended', ...placed, revision: 2 })
  await signer.sign(anAlert({ revision: 2, kind: 'all-clear' }), [clear])
  const resume = (person: string) => approval(person, 'resume', {}, { object: 'sending' })
  await expect(signer.resume(resume('stranger'))).rejects.toMatchObject({ code: 'key-not-trusted' })
  await signer.resume(resume('approver'))
  await signer.sign(anAlert(other), both())
})

it('whoever is suspended approves nothing any more', async () => {
  await signer.revoke('approver')
  await expect(signer.sign(anAlert(), [found(), signedOff()])).rejects.toMatchObject({
    code: 'key-not-trusted',
  })
})

const drillId = 'DRILL-DDDD-DDDD'
const aDrill = (change: Partial<Alert> = {}): Alert =>
  anAlert({
    ...{ id: drillId, drill: true, expiresAt: new Date(now.getTime() + 3_600_000).toISOString() },
    ...change,
  })
const drilled = (act = 'drill', facts = {}, object = drillId): Approval =>
  approval('approver', act, { finding: 'confirmed', ...placed, ...facts }, { object })

it('a drill takes one person, another key, and a feed of its own; the other feed never has it', async () => {
  const real = await signer.sign(anAlert(), [found(), signedOff()])
  const drill = await signer.sign(aDrill(), [drilled()])
  const keys = await signer.keys()
  expect([real.keyId, drill.keyId]).toEqual([keys.alert.keyId, keys.drill.keyId])
  expect(drill.keyId).not.toBe(real.keyId)
  expect(await signer.sign(aDrill(), [])).toEqual(drill)
  const feed = await signer.feed()
  expect([feed.keyId, feed.bytes.readUInt16BE(8)]).toEqual([keys.alert.keyId, 1])
  const drills = await signer.drillFeed()
  expect([drills.keyId, drills.bytes.readUInt16BE(8)]).toEqual([keys.drill.keyId, 1])
  expect(drills.bytes.subarray(0, 4).toString()).toBe('PLD1')
  const over = drilled('end-drill', { finding: 'ended', revision: 2 })
  await signer.sign(aDrill({ revision: 2, kind: 'all-clear' }), [over])
})

const id = '7K3D-9QPT'
const noDrills: [string, string, Partial<Alert>, () => Approval[]][] = [
  ['a drill nobody stands behind', 'needs-approval', {}, () => []],
  [
    'a drill on the approvals of an alert',
    'needs-approval',
    {},
    () => [found('finder', { object: drillId }), signedOff('approver', { object: drillId })],
  ],
  ['a drill elsewhere', 'says-something-else', { place: 'Elsewhere' }, () => [drilled()]],
  [
    'a drill under an alert’s number',
    'says-something-else',
    { id },
    () => [drilled('drill', {}, id)],
  ],
  [
    'an alert under a drill’s number',
    'says-something-else',
    { drill: false },
    () => [found('finder', { object: drillId }), signedOff('approver', { object: drillId })],
  ],
  [
    'an alert on two people’s words for a drill',
    'needs-two-people',
    { drill: false, id },
    () => [drilled('drill', {}, id), drilled('drill', {}, id)],
  ],
  ['a drill of a correction', 'says-something-else', { kind: 'correction' }, () => [drilled()]],
  [
    'a drill that lasts for hours',
    'wrong-times',
    { expiresAt: new Date(now.getTime() + 2 * 3_600_000).toISOString() },
    () => [drilled()],
  ],
  ['an end nobody said', 'needs-approval', { kind: 'all-clear' }, () => [drilled()]],
]
it.each(noDrills)('refuses %s: %s', async (_what, code, change, approvals) => {
  await expect(signer.sign(aDrill(change), approvals())).rejects.toMatchObject({ code })
  expect((await signer.feed()).bytes.readUInt16BE(8)).toBe(0)
})

it('halted it begins no drill', async () => {
  await signer.halt()
  await expect(signer.sign(aDrill(), [drilled()])).rejects.toMatchObject({ code: 'halted' })
})

it('the feed holds what is live at this moment', async () => {
  await signer.sign(anAlert(), [found(), signedOff()])
  expect((await signer.feed()).bytes.readUInt16BE(8)).toBe(1)
  at = new Date(now.getTime() + 4 * 3_600_000)
  expect((await signer.feed()).bytes.readUInt16BE(8)).toBe(0)
})

// The same questions to a signer in a process of its own, with Node's permissions.
it('a process of its own answers alike, keeps its key to itself, and ends with its line', async () => {
  const cityFolder = join(root, 'cities', 'lanternport')
  const other = startSigner({ folder, cityFolder })
  expect(await other.keys()).toEqual(await signer.keys())
  const secret = readFileSync(join(folder, 'alert.key'), 'utf8')
  expect(JSON.stringify(await other.keys())).not.toContain(secret)
  await expect(other.sign(anAlert(), [])).rejects.toMatchObject({ code: 'wrong-times' })
  expect(await other.knows(keyOf('finder').keyId)).toBe(true)
  expect((await other.feed()).bytes.subarray(0, 4).toString()).toBe('PLF1')
  await other.stop()
  await expect(other.keys()).rejects.toThrow('let go')
}, 30_000)

it('what is signed begins with what it is', () => {
  expect(alertText(anAlert()).startsWith('porchlight-alert-v1\n{"activity":')).toBe(true)
})
