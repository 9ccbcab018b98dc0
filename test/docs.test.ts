import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { committedPage, incidentsPage } from '../tools/print-rules.ts'

test('the page of rules is the one the program decides by', () => {
  expect(committedPage()).toBe(incidentsPage())
})

const pages = [
  'README.md',
  'ARCHITECTURE.md',
  'STYLE.md',
  'SECURITY.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'docs/operating.md',
  'docs/alerts.md',
  'docs/api.md',
  'docs/city-packs.md',
  'docs/map.md',
  'docs/linking.md',
  'docs/offline.md',
  'docs/media.md',
  'docs/media-phone.md',
  'docs/screening.md',
  'docs/rights.md',
  'docs/sms.md',
  'docs/threat-model.md',
  'docs/desk.md',
  'docs/incidents.md',
  'docs/performance.md',
  'docs/place-search.md',
  'docs/warrant.md',
]

test.each(pages)('%s leads only to files that exist', (page) => {
  const text = readFileSync(page, 'utf8')
  const links = [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#]+)/g)].map(
    (match) => match[1] ?? '',
  )
  const missing = links.filter((link) => !existsSync(join(dirname(page), link)))
  expect(missing).toEqual([])
})

/** Paths in backticks, where they are plainly files of ours. */
test.each(pages)('%s names only files that exist', (page) => {
  const text = readFileSync(page, 'utf8')
  const named = [...text.matchAll(/`((?:src|web|test|tools|docs|cities)\/[\w./[\]-]+\.\w+)`/g)].map(
    (match) => match[1] ?? '',
  )
  expect(named.filter((file) => !existsSync(file))).toEqual([])
})
