// Run by kept-city.ts in a process of its own: node make-kept.ts <folder of the pack> <folder to keep it in>
import { keep } from './kept-city.ts'

const [folder = '', keptIn = ''] = process.argv.slice(2)
await keep(folder, keptIn).catch((error: Error) => {
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
})
