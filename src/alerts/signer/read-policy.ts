import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { limits } from '../../kernel/limits.ts'
import type { SigningPolicy } from './rules.ts'

const Pack = z.object({
  policy: z.object({
    incidents: z.object({
      expiryHours: z.number().positive(),
      differentOrganisations: z.boolean(),
    }),
  }),
})

/** The city's rules of signing, read by the signer itself and not told by whoever asks it. */
export function readSigningPolicy(cityFolder: string): SigningPolicy {
  const { policy } = Pack.parse(JSON.parse(readFileSync(join(cityFolder, 'pack.json'), 'utf8')))
  const { expiryHours, differentOrganisations } = policy.incidents
  return {
    differentOrganisations,
    findingHours: expiryHours,
    showHours: Math.max(expiryHours, limits.afterwordHours),
  }
}
