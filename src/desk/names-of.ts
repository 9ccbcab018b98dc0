import type { Kernel } from '../kernel/kernel.ts'

/** The names of these people, for pages of the desk only. */
export async function namesOf(
  kernel: Kernel,
  personIds: readonly string[],
): Promise<Map<string, string>> {
  if (personIds.length === 0) return new Map()
  const rows = await kernel.db
    .selectFrom('people')
    .select(['id', 'name'])
    .where('id', 'in', [...new Set(personIds)])
    .execute()
  return new Map(rows.map((row) => [row.id, row.name]))
}
