import { globSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

const web = new URL('..', import.meta.url).pathname
const tokens = readFileSync(`${web}ui/tokens.css`, 'utf8').replace(/\/\*[\s\S]*?\*\//g, '')

type Palette = Readonly<Record<string, string>>

/** The custom properties of the first rule whose selector ends so. */
function palette(selector: string): Palette {
  const start = tokens.indexOf('{', tokens.indexOf(selector) + selector.length)
  const block = tokens.slice(start + 1, tokens.indexOf('}', start))
  return Object.fromEntries(
    [...block.matchAll(/--([\w-]+):\s*([^;]+);/g)].map(([, name = '', value = '']) => [
      name,
      value,
    ]),
  )
}

const day = palette("[data-theme='light'] {".slice(0, -2))
const nightBySetting = palette(":root:not([data-theme='light'])")
const nightByName = palette("\n[data-theme='dark']")

/** Relative luminance, WCAG 2.2. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

const grounds = ['ground', 'pool', 'raised', 'sunk']
const findings = [
  'confirmed',
  'drill',
  'checking',
  'ended',
  'corrected',
  'unfounded',
  'other-agency',
  'inconclusive',
  'expired',
]
const pairs = (above: readonly string[], below: readonly string[]): [string, string][] =>
  above.flatMap((ink) => below.map((ground): [string, string] => [ink, ground]))

/** Words on what they stand on. */
const text = [
  ...pairs(['ink', 'ink-soft', 'link', 'fault', 'kept', ...findings], grounds),
  ...pairs(['amber-ink'], ['amber', 'amber-hover']),
  ...pairs(['ground', 'pool', 'raised'], ['ink']),
]
/** Edges of controls, and shapes that tell something. */
const shapes = [...pairs(['line-strong', 'focus', 'amber-edge'], grounds)]

describe.each([
  ['day', day],
  ['night', nightByName],
])('%s', (_, colours) => {
  const of = (name: string): string => colours[name] ?? `no token is called ${name}`
  test.each(text)('%s on %s is read easily (4.5:1)', (ink, ground) =>
    expect(contrast(of(ink), of(ground))).toBeGreaterThanOrEqual(4.5),
  )
  test.each(shapes)('%s on %s is seen (3:1)', (shape, ground) =>
    expect(contrast(of(shape), of(ground))).toBeGreaterThanOrEqual(3),
  )
  test('body text stands sunlight (10:1)', () =>
    expect(contrast(of('ink'), of('ground'))).toBeGreaterThanOrEqual(10))
})

test('night is the same by setting and by name, and names what day names', () => {
  expect(nightBySetting).toEqual(nightByName)
  expect(Object.keys(nightByName)).toEqual(Object.keys(day))
  expect(Object.keys(day).length).toBeGreaterThan(20)
})

describe('styles', () => {
  const files = globSync('**/*.{css,svelte}', { cwd: web })
  const stylesOf = (file: string): string => {
    const source = readFileSync(web + file, 'utf8')
    return file.endsWith('.css')
      ? source
      : (/<style[^>]*>([\s\S]*)<\/style>/.exec(source)?.[1] ?? '')
  }
  /** Declarations that say left or right where a right-to-left page needs start or end. */
  const physical =
    /(?<=[{;\s])(?:(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right|top|bottom)[\w-]*|(?:border-(?:top|bottom)-(?:left|right)-radius)|left|right|top|bottom|width|height|(?:min|max)-(?:width|height))\s*:|(?:text-align|float|clear)\s*:\s*(?:left|right)/g

  test.each(files)('%s says start and end, never left and right', (file) => {
    const style = stylesOf(file)
      .replace(/\/\*[\s\S]*?\*\//g, '')
      .replace(/@(?:media|container)[^{]*/g, '')
    expect(style.match(physical) ?? []).toEqual([])
  })

  test.each(files.filter((file) => file.endsWith('.svelte')))(
    '%s writes no style into the page, which the policy would refuse',
    (file) => {
      const source = readFileSync(web + file, 'utf8').replace(/<style[\s\S]*<\/style>/, '')
      expect(source).not.toMatch(/\sstyle(=|:[\w-]+)/)
    },
  )
})
