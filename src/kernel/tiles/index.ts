// Map tiles: one PMTiles file a city, cut from its pack; and the operator's own base map beside it.
// Words: tile, layer, line (segments joined to a street).
// Stores: one file in a folder of its own, named after the hash of what it is made of.
// Emits: nothing.
// Never: asks anybody else for a tile, a font or a picture.

export { type TileFiles, tileFiles } from './tile-files.ts'
export { tilesApi } from './tiles-api.ts'
