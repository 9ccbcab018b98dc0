import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { cutTiles, zooms } from '../src/kernel/tiles/cut-tiles.ts'
import { readMap } from '../src/kernel/tiles/read-map.ts'
import { writePmtiles } from '../src/kernel/tiles/write-pmtiles.ts'

// node tools/make-tiles.ts cities/nyc nyc.pmtiles: cuts a city's pack into one file of vector tiles. The
// program runs this by itself when it has no file of the present pack.

const [folder, file] = process.argv.slice(2)
if (!folder || !file) {
  console.error(
    'Say which pack, and where to write: node tools/make-tiles.ts cities/nyc nyc.pmtiles',
  )
  process.exit(1)
}
const started = performance.now()
const { content, groups } = await readMap(folder)
const { bbox, id } = content.pack
const tiles = cutTiles(groups, bbox)
const layers = [...new Set(groups.map(({ layer }) => layer))]
const bytes = writePmtiles(tiles, {
  bbox,
  minZoom: zooms.min,
  maxZoom: zooms.max,
  metadata: { name: id, vector_layers: layers.map((layer) => ({ id: layer, fields: {} })) },
})
mkdirSync(dirname(file), { recursive: true })
// Nobody ever sees half a file.
const draft = `${file}.${process.pid}`
writeFileSync(draft, bytes)
renameSync(draft, file)
const seconds = ((performance.now() - started) / 1000).toFixed(1)
console.log(`${file}: ${tiles.length} tiles, ${(bytes.length / 1e6).toFixed(2)} MB, ${seconds} s`)
