/** Ends the program with a sentence if this is not the Node that package.json brings. */
export function needNode26(): void {
  const major = Number(process.versions.node.split('.')[0])
  if (major >= 26) return
  process.stderr.write(
    `This is Node ${process.versions.node}; Porchlight runs on the Node 26 that "npm ci" brings. Use bin/porchlight or an npm script.\n`,
  )
  process.exit(1)
}
