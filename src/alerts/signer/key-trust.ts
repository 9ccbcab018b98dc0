import { hash } from 'node:crypto'
import { approvalKeyOf, type KeyTrust, type Registry } from '../../kernel/approvals/index.ts'
import type { Signer } from './port.ts'

/**
 * What the desk tells the signer. Where the signer's folder is this machine's the shell writes to its
 * registry itself; where it is not, keys made by this shell are told to its keeper by hand.
 */
export function makeKeyTrust(signer: Signer, registry: Registry | null): KeyTrust {
  return {
    expect: ({ secret, ...person }) =>
      registry?.expect({ hash: hash('sha256', secret, 'hex'), ...person }),
    trustToken: ({ token, personId, organisationId, until }) => {
      const { keyId, publicKey } = approvalKeyOf(token)
      registry?.trust({
        keyId,
        publicKey,
        personId,
        organisationId,
        type: 'ed25519',
        site: null,
        vouches: false,
        until: until.toISOString(),
      })
    },
    enrolled: (secret, key) => signer.enrol(secret, key),
    vouch: (key, approval) => signer.vouch(key, approval),
    knows: (keyId) => signer.knows(keyId),
    async revoke(personId) {
      if (registry) registry.revoke({ personId })
      else await signer.revoke(personId)
    },
  }
}
