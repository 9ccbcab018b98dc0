import type { Actor } from '../kernel/http/actor.ts'
import type { Kernel } from '../kernel/kernel.ts'
import type { AuditEntry, AuditPage, AuditQuery } from './contract.ts'
import { permit } from './permit.ts'
import { auditEntries } from './store.ts'

/** A page of the record, newest first; `next` is the `before` of the page that follows. */
export async function readAudit(
  kernel: Kernel,
  actor: Actor,
  { before, limit }: AuditQuery,
): Promise<AuditPage> {
  permit(kernel, actor, 'audit.read')
  const rows = await auditEntries(kernel.db, limit, before)
  const entries = rows.slice(0, limit).map(entryOf)
  return { entries, next: rows.length > limit ? (entries.at(-1)?.seq ?? null) : null }
}

type Row = Awaited<ReturnType<typeof auditEntries>>[number]

const entryOf = (row: Row): AuditEntry => ({
  seq: row.seq,
  at: row.at.toISOString(),
  person: row.personId
    ? { id: row.personId, name: row.personName ?? '', organisation: row.organisation ?? '' }
    : null,
  action: row.action,
  object: row.object,
  detail: row.detail as Record<string, unknown>,
})
