// The cells around a place, reckoned on this phone. Loaded when somebody adds a place and not before: h3-js weighs
// more than all else on the page.
import { gridDisk, latLngToCell } from 'h3-js'
import { type Width, widths } from '#src/alerts/contract-widths.ts'

/** The cell that holds the point, and its six neighbours; as the server reckons them for a form without script. */
export const cellsAround = ({ lat, lon }: { lat: number; lon: number }, width: Width): string[] =>
  gridDisk(latLngToCell(lat, lon, widths[width]), 1)
