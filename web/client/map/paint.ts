import type { ExpressionSpecification } from 'maplibre-gl'

/** The colours of the page by their names in tokens.css and map.css, as they are now. */
export type Colour = (name: string) => string

/** Reads the colours that hold at this moment. */
export const colours = (): Colour => {
  const style = getComputedStyle(document.documentElement)
  return (name) => style.getPropertyValue(`--${name}`).trim()
}

/** A width that grows with the zoom, doubling with every step as the ground itself does. */
export const widths = (...stops: [zoom: number, pixels: number][]): ExpressionSpecification =>
  ['interpolate', ['exponential', 1.6], ['zoom'], ...stops.flat()] as ExpressionSpecification
