import { appendFileSync, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** A key that the signer believes to be a person's. */
export interface TrustedKey {
  keyId: string
  personId: string
  organisationId: string
  type: 'passkey' | 'ed25519'
  /** base64url: COSE for a passkey, 32 raw bytes for Ed25519. */
  publicKey: string
  /** Where a passkey answers; null for other keys. */
  site: { origin: string; rpId: string } | null
  /** May vouch for the keys of others. */
  vouches: boolean
  /** After this it is no longer believed; null for passkeys. ISO 8601. */
  until: string | null
}

/** A link by which somebody will bring their first key: its hash, not its secret. */
export interface Invite {
  hash: string
  personId: string
  organisationId: string
  vouches: boolean
}

type Line =
  | ({ line: 'key' } & TrustedKey)
  | ({ line: 'invite' } & Invite)
  | { line: 'used'; hash: string }
  | { line: 'revoked'; personId?: string; keyId?: string }

/** Whom the signer believes: a file of its own, only ever added to, never the database. */
export interface Registry {
  key(keyId: string): TrustedKey | undefined
  invite(hash: string): Invite | undefined
  /** Whether anybody could vouch for a new key. */
  hasVoucher(): boolean
  trust(key: TrustedKey): void
  expect(invite: Invite): void
  use(hash: string): void
  revoke(who: { personId: string } | { keyId: string }): void
}

/**
 * Opens the registry of a folder. Several processes may have it open: each reads what others have
 * added before it answers; lines are shorter than a page, so that appending one is whole. They are written through to the disk
 * (`as`): `fsync` is not to be had under Node's permissions.
 */
export function openRegistry(folder: string): Registry {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, 'people.jsonl')
  let state = emptyState()
  let size = 0
  const fresh = () => {
    const now = existsSync(path) ? statSync(path).size : 0
    if (now !== size) {
      state = emptyState()
      for (const line of readFileSync(path, 'utf8').split('\n')) if (line) apply(state, line)
      size = now
    }
    return state
  }
  const add = (line: Line): void =>
    appendFileSync(path, `${JSON.stringify(line)}\n`, { mode: 0o600, flag: 'as' })
  return {
    key: (keyId) => fresh().keys.get(keyId),
    invite: (hash) => fresh().invites.get(hash),
    hasVoucher: () =>
      [...fresh().keys.values()].some(({ vouches, type }) => vouches && type === 'passkey'),
    trust: (key) => add({ line: 'key', ...key }),
    expect: (invite) => add({ line: 'invite', ...invite }),
    use: (hash) => add({ line: 'used', hash }),
    revoke: (who) => add({ line: 'revoked', ...who }),
  }
}

const emptyState = () => ({
  keys: new Map<string, TrustedKey>(),
  invites: new Map<string, Invite>(),
})

function apply(state: ReturnType<typeof emptyState>, text: string): void {
  const { line, ...rest } = JSON.parse(text) as Line
  if (line === 'key') state.keys.set((rest as TrustedKey).keyId, rest as TrustedKey)
  else if (line === 'invite') state.invites.set((rest as Invite).hash, rest as Invite)
  else if (line === 'used') state.invites.delete((rest as { hash: string }).hash)
  else forget(state, rest as { personId?: string; keyId?: string })
}

function forget(
  { keys, invites }: ReturnType<typeof emptyState>,
  { personId, keyId }: { personId?: string; keyId?: string },
): void {
  for (const [id, key] of keys) if (id === keyId || key.personId === personId) keys.delete(id)
  for (const [hash, invite] of invites) if (invite.personId === personId) invites.delete(hash)
}
