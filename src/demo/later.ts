import type { Account } from './stage.ts'

/** What goes on being reported while somebody looks: the living loop takes one after another. */
export const later: readonly Account[] = [
  {
    activity: 'patrol',
    at: 'Keel St & 2nd Ave',
    firstHand: true,
    description: 'A slow grey car with two people in vests, going toward the water.',
  },
  {
    activity: 'stop',
    at: 'Lantern St & 4th Ave',
    firstHand: true,
    language: 'es',
    description: 'Pararon a un repartidor y le pidieron los papeles.',
  },
  {
    activity: 'stakeout',
    at: 'Dory St & 5th Ave',
    firstHand: false,
    language: 'ar',
    description: 'سيارة متوقفة أمام المبنى منذ ساعة وفيها ثلاثة أشخاص.',
  },
  {
    activity: 'checkpoint',
    at: 'Cooper St & 8th Ave',
    firstHand: true,
    stillThere: true,
    description: 'Cones across one lane, and people in vests ask drivers where they were born.',
  },
  {
    activity: 'door-knock',
    at: 'Halyard St & 6th Ave',
    placeKind: 'home',
    firstHand: true,
    language: 'bn',
    description: 'দরজায় জোরে কড়া নাড়ছে, বলছে তারা পুলিশ।',
  },
  {
    activity: 'arrest',
    at: 'Jetty St & Beacon Rd',
    firstHand: true,
    detained: true,
    description: 'A woman was led to a car without plates. I only saw the end of it.',
  },
  {
    activity: 'other',
    at: 'Old Fish Pier',
    placeKind: 'workplace',
    firstHand: false,
    description: 'The foreman was told to bring a list of everybody on the night shift.',
  },
]
