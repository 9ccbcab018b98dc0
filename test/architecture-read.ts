import { dirname, join, normalize } from 'node:path'
import ts from 'typescript'

/** A file of the tree, by its path from the root. */
export type Tree = ReadonlyMap<string, string>

/** One import, dynamic import or re-export; `to` is a path of the tree, or a package's name. */
export interface Import {
  to: string
  types: boolean
  ours: boolean
}

/** The script of a file: a component's script blocks, or the file itself. */
const scriptOf = (path: string, source: string): string =>
  path.endsWith('.svelte')
    ? [...source.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map((match) => match[1]).join('\n')
    : source

/** A file's script, parsed. */
export const parse = (path: string, source: string): ts.SourceFile =>
  ts.createSourceFile(path, scriptOf(path, source), ts.ScriptTarget.Latest, true, ts.ScriptKind.TS)

/** Visits a node and everything in it. */
export function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node)
  ts.forEachChild(node, (child) => walk(child, visit))
}

/** Everything a file imports: static, bare, dynamic, re-exported and by `import('...')` in a type. */
export function importsOf(path: string, source: string): Import[] {
  const found: Import[] = []
  const add = (node: ts.Node | undefined, types: boolean): void => {
    if (node && ts.isStringLiteralLike(node)) found.push(resolved(path, node.text, types))
  }
  walk(parse(path, source), (node) => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, onlyTypes(node.importClause))
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, exportsTypes(node))
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
      add(node.argument.literal, true)
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(node.arguments[0], false)
  })
  return found
}

function onlyTypes(clause: ts.ImportClause | undefined): boolean {
  if (!clause) return false
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true
  const named = clause.namedBindings
  return !clause.name && !!named && ts.isNamedImports(named) && allTypes(named.elements)
}

const exportsTypes = (node: ts.ExportDeclaration): boolean =>
  node.isTypeOnly ||
  (!!node.exportClause &&
    ts.isNamedExports(node.exportClause) &&
    allTypes(node.exportClause.elements))

const allTypes = (elements: readonly { isTypeOnly: boolean }[]): boolean =>
  elements.length > 0 && elements.every((element) => element.isTypeOnly)

function resolved(from: string, name: string, types: boolean): Import {
  if (name.startsWith('.')) return { to: normalize(join(dirname(from), name)), types, ours: true }
  const alias = /^#(src|web)\/(.*)$/.exec(name)
  return alias
    ? { to: `${alias[1]}/${alias[2]}`, types, ours: true }
    : { to: name, types, ours: false }
}

/** Whether a file reads the environment of the process. */
export function readsEnvironment(path: string, source: string): boolean {
  let reads = false
  walk(parse(path, source), (node) => {
    const access = ts.isPropertyAccessExpression(node) && node.name.text === 'env'
    if (access && /^(process|globalThis\.process)$/.test(node.expression.getText())) reads = true
    if (
      ts.isImportDeclaration(node) &&
      /^['"](node:)?process['"]$/.test(node.moduleSpecifier.getText())
    )
      reads = true
  })
  return reads
}

/** Words of the mission in the identifiers and texts of a file; comments may say what they like. */
export function missionWordsIn(path: string, source: string): string[] {
  const found = new Set<string>()
  walk(parse(path, source), (node) => {
    const text =
      ts.isIdentifier(node) || ts.isLiteralExpression(node) || ts.isTemplateLiteralToken(node)
        ? node.text
        : ''
    for (const word of text.replace(/([a-z])([A-Z])/g, '$1 $2').split(/[^A-Za-z]+/))
      if (missionWord.test(word)) found.add(word.toLowerCase())
  })
  return [...found]
}

const missionWord =
  /^(incidents?|findings?|verifiers?|enforcement|alerts?|approvers?|responders?|dispatchers?|sightings?|reporters?|rumou?rs?|raids?|arrests?|detain(ed|ees?)|immigra\w*|deport\w*|lawyers?|intakes?|referrals?|seekers?|custody|exhibits?|subscriptions?)$/i
