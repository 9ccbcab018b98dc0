/** How wide somebody wants to hear, as a resolution of H3: each is a cell and its six neighbours. */
export const widths = { near: 9, walk: 8, wide: 7 } as const
export type Width = keyof typeof widths
