import type { Tx } from '../kernel/db/database.ts'
import type { Kernel } from '../kernel/kernel.ts'

/** Who did what to what. `detail` holds ids, roles and reasons; never a secret or a free text. */
export interface Deed {
  /** Null when it was done from the shell of the machine. */
  personId: string | null
  /** `person.suspended` */
  action: string
  /** The kind and id of what it was done to: `person:5f0c...` */
  object: string
  detail?: Record<string, unknown>
}

/** Writes an audit entry in the transaction of the deed: neither exists without the other. */
export async function audit(tx: Tx, kernel: Pick<Kernel, 'clock'>, deed: Deed): Promise<void> {
  await tx
    .insertInto('audit_entries')
    .values({
      created_at: kernel.clock.now(),
      person_id: deed.personId,
      action: deed.action,
      object: deed.object,
      detail: JSON.stringify(deed.detail ?? {}),
    })
    .execute()
}
