import type { PageData } from './$types'

/** Everything the page holds, so that the phone can go on alone. */
export type Whole = NonNullable<PageData['whole']>
export type WholeCard = Whole['cards'][number]
export type WarrantNodeView = Whole['nodes'][number]
export type WarrantCardView = NonNullable<NonNullable<PageData['step']>['card']>
