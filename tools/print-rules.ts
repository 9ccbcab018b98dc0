import { readFileSync, writeFileSync } from 'node:fs'
import { sentences, table } from '../src/incidents/rules.ts'

// node tools/print-rules.ts            writes docs/incidents.md from the table that decides

/** The page `docs/incidents.md`, whole: its tables are the program's own. */
export function incidentsPage(): string {
  const rows = Object.entries(table).map(
    ([action, { from, roles }]) =>
      `| ${action} | ${from.join(', ')} | ${roles.length > 0 ? roles.join(', ') : 'time itself'} |`,
  )
  const refusals = Object.entries(sentences).map(
    ([code, sentence]) => `| \`${code}\` | ${sentence} |`,
  )
  return `# What may happen to an incident

Printed from \`src/incidents/rules.ts\` by \`node tools/print-rules.ts\`; the API refuses by this table and the pages draw their
buttons from it. A test holds page and program together.

| action | from | who |
|---|---|---|
${rows.join('\n')}

Beyond the table: a finder or approver must not have reported the incident or taken a report of it down; the approver is
another person than the finder (and of another organisation where the city's policy says so); *confirmed* needs a verifier on
scene, or two first-hand reports with media; a finding older than the expiry cannot be signed off. Published incidents expire
three hours after their last confirmation (\`policy.incidents.expiryHours\`).

*set-aside* puts what is no report of enforcement at the end of the queue. It publishes and deletes nothing, so one person
suffices; it is undone by one key, by a finding, and by another person's report that joins. *keep-apart* answers that two
incidents proposed to be one are two; it can be undone as well. *undo* takes back the last merge, split, set-aside or
keep-apart that no finding has followed.

| refusal | what it says |
|---|---|
${refusals.join('\n')}
`
}

if (import.meta.main)
  writeFileSync(new URL('../docs/incidents.md', import.meta.url), incidentsPage())

/** The page as it is committed. */
export const committedPage = (): string =>
  readFileSync(new URL('../docs/incidents.md', import.meta.url), 'utf8')
