import { type Account, aPhoto } from './stage.ts'

/** What people of an invented city say they saw. All of it is made up; none of it is anybody's. */
export const accounts = {
  // Expired since this morning.
  morning: {
    activity: 'patrol',
    at: 'Hilltop Pkwy & Keel St',
    firstHand: true,
    language: 'es',
    description: 'Una camioneta gris pasó despacio dos veces. Llevaban chalecos con letras.',
  },
  // Ended with an all-clear.
  checkpoint: {
    activity: 'checkpoint',
    at: 'Quayside Rd & Halyard St',
    firstHand: true,
    size: 5,
    stillThere: true,
    description: 'The caller says five people in vests are stopping cars beside the ferry road.',
  },
  checkpointAgain: {
    activity: 'checkpoint',
    at: 'Quayside Rd & Halyard St',
    firstHand: true,
    language: 'bn',
    media: aPhoto,
    description: 'রাস্তায় গাড়ি থামিয়ে কাগজ দেখতে চাইছে। পাঁচজনের মতো লোক।',
  },
  // Confirmed, and corrected after.
  doors: {
    activity: 'door-knock',
    at: 'Jetty St & 4th Ave',
    firstHand: true,
    uniform: 'dark jackets',
    description: 'Two men in dark jackets are ringing every bell of the row by the bakery.',
  },
  // A rumour: nobody saw it, everybody passed it on.
  rumour: {
    activity: 'raid',
    at: 'Lanternport Central',
    placeKind: 'transit',
    firstHand: false,
    description: 'My cousin wrote that the whole station is closed and they check everybody.',
  },
  rumourEs: {
    activity: 'raid',
    at: 'Lanternport Central',
    placeKind: 'transit',
    firstHand: false,
    language: 'es',
    description: 'Dicen en el grupo que están en la estación central pidiendo papeles a todos.',
  },
  rumourAr: {
    activity: 'raid',
    at: 'Lanternport Central',
    placeKind: 'transit',
    firstHand: false,
    language: 'ar',
    description: 'وصلتني رسالة أن المحطة المركزية مغلقة وأنهم يفتشون الجميع.',
  },
  // Another agency, as it turned out.
  boats: {
    activity: 'stop',
    at: 'Ember St & 1st Ave',
    firstHand: true,
    unit: 'said to be harbour police',
    description:
      'Officers with a boat trailer talk to people on the corner. I could not read the badge.',
  },
  // Confirmed now.
  arrest: {
    activity: 'arrest',
    at: 'Cooper St & 2nd Ave',
    firstHand: true,
    size: 6,
    equipment: 'two white vans',
    stillThere: true,
    detained: 1,
    media: aPhoto,
    description: 'Six agents and two white vans at the corner. One man was put into the first van.',
  },
  arrestEs: {
    activity: 'arrest',
    at: 'Cooper St & 2nd Ave',
    firstHand: true,
    size: 'unos seis',
    language: 'es',
    media: aPhoto,
    description: 'Hay dos camionetas blancas en la esquina y se llevaron a un señor.',
  },
  arrestAr: {
    activity: 'arrest',
    at: 'Cooper St & 2nd Ave',
    firstHand: false,
    language: 'ar',
    description: 'يقول المتصل إن شاحنتين بيضاوين تقفان عند الزاوية وأخذوا رجلاً.',
  },
  // Found, and waits for its second person.
  waiting: {
    activity: 'stakeout',
    at: 'City Hall',
    placeKind: 'courthouse',
    firstHand: true,
    size: 3,
    stillThere: true,
    description: 'Three people in plain clothes wait by the side door of the hearing rooms.',
  },
  // Alike enough that a person is asked whether they are one.
  parkVan: {
    activity: 'patrol',
    at: 'Tidepool Park',
    firstHand: true,
    description: 'A dark van drives around the park slowly.',
  },
  parkStop: {
    activity: 'stop',
    at: 'Dory St & 2nd Ave',
    firstHand: true,
    description:
      'People from a dark van asked two boys for papers, then it drove slowly toward the park.',
  },
  // In words only: somebody must put it on the map.
  words: {
    activity: 'stop',
    at: 'behind the old fish market, by the blue gate',
    firstHand: true,
    stillThere: true,
    description: 'They have stopped a delivery bike. I can hear shouting.',
  },
  // Taken back by whoever sent it.
  takenBack: {
    activity: 'patrol',
    at: 'Gannet St & 6th Ave',
    firstHand: true,
    description: 'I think I saw one of their cars, but it was far away.',
  },
  // Could not be checked.
  unchecked: {
    activity: 'patrol',
    at: 'Beacon Rd & Anchor St',
    firstHand: false,
    description: 'Somebody at work said a car with tinted windows stood on the hill all morning.',
  },
  // Still to check.
  school: {
    activity: 'stakeout',
    at: 'Inlet St & 3rd Ave',
    placeKind: 'school',
    firstHand: true,
    stillThere: true,
    minorsPresent: true,
    description:
      'Two cars with people inside have been across from the school since the first bell.',
  },
  clinic: {
    activity: 'stop',
    at: 'Barnacle St & 7th Ave',
    placeKind: 'clinic',
    firstHand: true,
    language: 'bn',
    description: 'ক্লিনিকের সামনে দুজন লোক সবাইকে পরিচয়পত্র দেখাতে বলছে।',
  },
  home: {
    activity: 'door-knock',
    at: 'Fathom St & 8th Ave',
    placeKind: 'home',
    firstHand: true,
    stillThere: true,
    language: 'es',
    description: 'Tocan la puerta y dicen que son policías. No hemos abierto.',
  },
} as const satisfies Record<string, Account>
