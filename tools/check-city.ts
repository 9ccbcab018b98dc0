// Checks a city pack without the server: node tools/check-city.ts cities/nyc
// Prints one line per fault (file, row, what to do) and exits 1, or a summary and exits 0.
import { existsSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { IncidentsPolicy } from '../src/incidents/contract.ts'
import { faultLine, type PackContent, readPack } from '../src/kernel/city/read-pack.ts'
import { ReportsPolicy } from '../src/reports/contract.ts'
import { guideFaults, warrantFaults } from '../src/rights/index.ts'

const MOST_LINES = 200

const folder = process.argv[2]
if (!folder) {
  console.error('Usage: node tools/check-city.ts <folder of the pack, such as cities/nyc>')
  process.exit(2)
}
const { content, faults } = await readPack(folder)
for (const [room, schema] of Object.entries({ reports: ReportsPolicy, incidents: IncidentsPolicy }))
  for (const issue of schema.safeParse(content?.pack.policy[room]).error?.issues ?? [])
    faults.push({
      file: 'pack.json',
      message: `policy.${room}.${issue.path.join('.')}: ${issue.message}`,
    })
const guides = content?.pack.guides
// Beside the pack, or among the program's own cities: a pack that is being made may stand anywhere.
const guidesIn = guides
  ? ([join(dirname(resolve(folder)), guides), join(import.meta.dirname, '../cities', guides)].find(
      (path) => existsSync(path),
    ) ?? guides)
  : null
for (const message of guidesIn ? [...guideFaults(guidesIn), ...warrantFaults(guidesIn)] : [])
  faults.push({ file: guides ?? '', message })
for (const fault of faults.slice(0, MOST_LINES)) console.log(faultLine(fault))
if (faults.length > MOST_LINES) console.log(`… and ${faults.length - MOST_LINES} more.`)
if (!content || faults.length > 0) {
  console.log(`${faults.length} ${faults.length === 1 ? 'fault' : 'faults'} in ${folder}.`)
  process.exit(1)
}
console.log(summary(folder, content))

function summary(from: string, { pack, areas, corners, streets, places }: PackContent): string {
  const bytes = pack.datasets.reduce((sum, set) => sum + statSync(join(from, set.file)).size, 0)
  const kinds = [...Map.groupBy(areas, ({ area }) => area.kind)].map(
    ([kind, some]) => `${some.length} ${kind}`,
  )
  const unchecked = pack.contacts.filter((contact) => !contact.verified).length
  return [
    `${pack.name.en}: no faults.`,
    `  languages  ${pack.languages.map((language) => language.code).join(' ')}`,
    `  areas      ${kinds.join(', ')}`,
    `  places     ${corners.length} corners, ${streets.length} streets, ${places.length} named places`,
    `  datasets   ${pack.datasets.length} files, ${(bytes / 1e6).toFixed(1)} MB`,
    `  contacts   ${pack.contacts.length}, of which ${unchecked} nobody has rung yet ("verified": true once you have)`,
    `  policy     ${Object.keys(pack.policy).join(', ') || 'none'}`,
  ].join('\n')
}
