import { writeFile } from 'node:fs/promises'
import { stringify } from 'csv-stringify/sync'
import type { App } from '../app.ts'
import { linkReports } from '../incidents/index.ts'
import { type ImportResult, importReports } from '../reports/index.ts'
import { withApp } from './session.ts'

interface Flags extends Record<string, unknown> {
  map?: string[]
  cityLess?: boolean
  dryRun?: boolean
  json?: boolean
  assignments?: string
}

/** `porchlight import reports`: rows in, incidents out, every refused row with its reason. */
export async function importCommand(file: string, flags: Flags): Promise<void> {
  const map = columnMap(flags.map ?? [])
  await withApp(flags, async (app) => {
    const began = Date.now()
    const result = await importReports(app.reports, {
      file,
      map,
      cityLess: flags.cityLess,
      dryRun: flags.dryRun,
    })
    // The linking jobs are in the database too; doing them here lets the command answer with incidents.
    if (!flags.dryRun) await linkReports(app.incidents)
    const assignments = flags.dryRun ? [] : await assignmentsOf(app, result)
    if (flags.assignments)
      await writeFile(
        flags.assignments,
        stringify(assignments, {
          header: true,
          columns: ['sourceId', 'incidentId'],
          escape_formulas: true,
        }),
      )
    const incidents = new Set(assignments.map(([, incidentId]) => incidentId)).size
    const { accepted, refused, duplicates } = result
    if (!flags.json)
      console.log(
        sentence({
          file,
          ...result,
          incidents,
          dryRun: flags.dryRun ?? false,
          seconds: (Date.now() - began) / 1000,
        }),
      )
    else console.log(JSON.stringify({ accepted, refused, duplicates, incidents }))
  })
}

function columnMap(pairs: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.lastIndexOf('=')
      if (at <= 0)
        throw new Error(
          `--map takes column=field, as in --map "INCIDENT DATE=observedAt"; "${pair}" is not.`,
        )
      return [pair.slice(0, at), pair.slice(at + 1)]
    }),
  )
}

/** Rows looked up at once. */
const page = 1000

async function assignmentsOf(app: App, { reportIds }: ImportResult): Promise<[string, string][]> {
  const sourceOf = new Map([...reportIds].map(([sourceId, reportId]) => [reportId, sourceId]))
  const all = [...sourceOf.keys()]
  const found: [string, string][] = []
  for (let i = 0; i < all.length; i += page) {
    const rows = await app.kernel.db
      .selectFrom('incident_reports')
      .select(['report_id', 'incident_id'])
      .where('report_id', 'in', all.slice(i, i + page))
      .execute()
    for (const row of rows) found.push([sourceOf.get(row.report_id) ?? '', row.incident_id])
  }
  return found.sort(([a], [b]) => a.localeCompare(b))
}

interface Summary {
  file: string
  accepted: number
  refused: number
  refusedFile: string | null
  duplicates: number
  incidents: number
  dryRun: boolean
  seconds: number
}

function sentence(s: Summary): string {
  const would = s.dryRun ? 'Nothing was changed. It would be: ' : ''
  const refused = s.refused > 0 ? `, ${s.refused} refused (see ${s.refusedFile})` : ', none refused'
  const incidents = s.dryRun ? '' : `, in ${s.incidents} incidents`
  return `${would}${s.accepted} accepted${incidents}${refused}, ${s.duplicates} known already (${s.seconds.toFixed(1)} s).`
}
