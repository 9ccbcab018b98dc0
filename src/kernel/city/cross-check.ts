// Faults that show only when the parts of a pack are held against each other.

import { type BBox, boxHolds, type Point } from '../geo.ts'
import type { Dataset } from './contract.ts'
import type { Fault, PackContent } from './read-pack.ts'

/** About 2 km: ferry piers and rail stops just outside the city are useful, a swapped lat and lon is not. */
const BOX_MARGIN_DEGREES = 0.02

/** Says what does not fit together; an empty list when all is well. */
export function crossCheck(content: PackContent): Fault[] {
  return [
    ...languageFaults(content),
    ...contactFaults(content),
    ...areaFaults(content),
    ...datasetFaults(content),
    ...searchFaults(content),
    ...rowFaults(content),
  ]
}

function inPackFile(messages: string[]): Fault[] {
  return messages.map((message) => ({ file: 'pack.json', message }))
}

function languageFaults({ pack, areas }: PackContent): Fault[] {
  const codes = pack.languages.map((language) => language.code)
  const labelled = new Set(areas.flatMap(({ area }) => Object.keys(area.label)))
  const messages = [
    ...[...duplicates(codes)].map((code) => `"languages" lists "${code}" twice; remove one.`),
    ...[...labelled]
      .filter((code) => !codes.includes(code))
      .map(
        (code) =>
          `areas have labels in "${code}", which is not among "languages"; add it or remove the labels.`,
      ),
  ]
  if (!codes.includes('en'))
    messages.push('"languages" lacks "en"; English is the source of every text, so list it.')
  if (!codes.includes(pack.defaultLanguage))
    messages.push(
      `"defaultLanguage" is "${pack.defaultLanguage}", which is not among "languages"; choose one that is.`,
    )
  if (!isTimeZone(pack.timeZone))
    messages.push(
      `"timeZone" is "${pack.timeZone}", which is not known; use an IANA name such as America/New_York.`,
    )
  return inPackFile(messages)
}

function contactFaults({ pack }: PackContent): Fault[] {
  const twice = duplicates(pack.contacts.map((contact) => contact.id))
  const mute = pack.contacts.filter((contact) => !contact.phone && !contact.url)
  return inPackFile([
    ...[...twice].map((id) => `two contacts have the id "${id}"; give each its own.`),
    ...mute.map(({ id }) => `contact "${id}" has neither phone nor url; give one.`),
  ])
}

function areaFaults({ pack, areas }: PackContent): Fault[] {
  const faults: Fault[] = []
  const fault = (message: string, file = 'pack.json') => void faults.push({ file, message })
  const ids = new Set(areas.map(({ area }) => area.id))
  for (const id of duplicates(areas.map(({ area }) => area.id)))
    fault(`two areas have the id "${id}"; give each its own.`)
  for (const { area } of areas) {
    if (area.parent && !ids.has(area.parent))
      fault(
        `area "${area.id}" names the parent "${area.parent}", which no area has; correct the parent.`,
      )
  }
  for (const id of pack.parkAreas.filter((park) => !ids.has(park)))
    fault(`"parkAreas" names "${id}", which no area has; correct the id or remove it.`)
  const kinds = new Set(pack.areaKinds.map(({ kind }) => kind))
  if (!kinds.has(pack.landKind))
    fault(
      `"landKind" is "${pack.landKind}", which is not among "areaKinds"; choose the kind that covers all the land.`,
    )
  else if (!areas.some(({ area }) => area.kind === pack.landKind))
    fault(
      `no area of the kind "${pack.landKind}" ("landKind") was read; the city would have no land.`,
    )
  return faults
}

function datasetFaults({ pack }: PackContent): Fault[] {
  const faults: Fault[] = []
  const kinds = pack.areaKinds.map(({ kind }) => kind)
  for (const file of duplicates(pack.datasets.map((set) => set.file)))
    faults.push({ file, message: 'is listed twice under datasets; remove one entry.' })
  for (const set of pack.datasets) {
    if (set.holds === 'areas' && !kinds.includes(set.kind ?? ''))
      faults.push({
        file: set.file,
        message: `has the kind "${set.kind ?? ''}", which is not among "areaKinds"; set one of ${kinds.join(', ')}.`,
      })
  }
  return faults
}

function searchFaults({ pack, areas }: PackContent): Fault[] {
  const ids = new Set(areas.map(({ area }) => area.id))
  const named = [
    ...Object.keys(pack.search.bias),
    ...pack.search.crossStreetHouseNumbers,
    ...pack.search.streetAliases.flatMap((alias) => alias.within ?? []),
  ]
  const unknown = new Set(named.filter((id) => !ids.has(id)))
  return [...unknown].map((id) => ({
    file: 'pack.json',
    message: `"search" names the area "${id}", which no area has; correct or remove it.`,
  }))
}

function rowFaults(content: PackContent): Fault[] {
  const { pack, areas, corners, streets, places } = content
  const [west, south, east, north] = pack.bbox
  if (!(west < east && south < north))
    return inPackFile([
      '"bbox" must be [west, south, east, north] with west under east and south under north.',
    ])
  const m = BOX_MARGIN_DEGREES
  const box: BBox = [west - m, south - m, east + m, north + m]
  const ids = new Set(areas.map(({ area }) => area.id))
  const check = (holds: Dataset['holds'], name: string, row: Point & { within: string }) =>
    faultsOfRow(
      pack.datasets.find((set) => set.holds === holds)?.file ?? holds,
      name,
      row,
      ids,
      box,
    )
  return [
    ...(boxHolds(box, pack.centre)
      ? []
      : inPackFile(['"centre" lies outside "bbox"; check that lat and lon are not swapped.'])),
    ...corners.flatMap((row) => check('corners', `${row.streetA} & ${row.streetB}`, row)),
    ...streets.flatMap((row) => check('streets', row.name, row)),
    ...places.flatMap((row) => check('places', row.name, row)),
  ]
}

function faultsOfRow(
  file: string,
  name: string,
  row: Point & { within: string },
  ids: Set<string>,
  box: BBox,
): Fault[] {
  const faults: Fault[] = []
  if (row.within && !ids.has(row.within))
    faults.push({
      file,
      message: `"${name}" is within "${row.within}", which no area has; write the id of an area or leave it empty.`,
    })
  if (!boxHolds(box, row))
    faults.push({
      file,
      message: `"${name}" at ${row.lat}, ${row.lon} lies outside "bbox"; check that lat and lon are not swapped.`,
    })
  return faults
}

function duplicates(values: string[]): Set<string> {
  const seen = new Set<string>()
  return new Set(values.filter((value) => seen.size === seen.add(value).size))
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone.length > 0
  } catch {
    return false
  }
}
