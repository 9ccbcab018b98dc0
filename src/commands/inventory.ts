import { type Column, tables } from '../schema.ts'

/** `porchlight inventory`: all that a demand for data could produce, from the schema itself (S36). */
export function inventory(flags: { json?: boolean }): void {
  const rows = Object.entries(tables).flatMap(([table, columns]) =>
    Object.entries(columns as Record<string, Column<unknown>>).map(
      ([column, { class: dataClass, keep, holds }]) => ({
        table,
        column,
        class: dataClass,
        keptDays: keep,
        ...(holds ? { holds } : {}),
      }),
    ),
  )
  if (flags.json) {
    console.log(JSON.stringify(rows, null, 2))
    return
  }
  console.log(
    'Everything Porchlight keeps. What is not on this list does not exist: no IP address, no device, no account of a resident.\n',
  )
  for (const row of rows)
    console.log(
      `${row.table}.${row.column}`.padEnd(42),
      row.class.padEnd(11),
      row.keptDays === 'always' ? 'always' : `${row.keptDays} days`,
      row.holds ? `(sealed: ${row.holds.join(', ')})` : '',
    )
}
