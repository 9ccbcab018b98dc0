/** Every limit of the program, in one place. Sizes in bytes or characters, times as named. */
export const limits = {
  /** Days an exact place, free text or contact may be read (security.md S3: 72 hours). */
  restrictedDays: 3,
  /** Days that a note of a verifier may be read. */
  noteDays: 30,
  /** A JSON body. A report is a few hundred bytes; the rest is room for ten media links. */
  bodyBytes: 64 * 1024,
  /** Days an answer is kept for whoever sends the same again: a report may wait on a phone for three. */
  answerDays: 4,
  /** A report as a phone without a line keeps it: sealed, 4000 characters of any script and the rest. */
  sealedReportBytes: 32 * 1024,
  /** A page's form. */
  formBytes: 64 * 1024,
  /** A line of a backup: one row of a table. */
  lineBytes: 256 * 1024 * 1024,
  /** A row of an imported file; a report of ours is a few kilobytes. */
  importRowBytes: 1024 * 1024,
  /** An imported file once unpacked; what is larger is imported in parts. */
  importBytes: 4 * 1024 * 1024 * 1024,
  /** A GeoJSON file, which is read whole. */
  geoJsonBytes: 256 * 1024 * 1024,
  /** Levels of nesting a JSON body may have; ours have three. */
  jsonDepth: 16,
  descriptionCharacters: 4000,
  shortTextCharacters: 200,
  mediaItems: 10,
  /** A photo or video as the phone sends it, cleaned; and the untouched file, sealed on the phone. */
  photoBytes: 8 * 1024 * 1024,
  photoPixels: 24_000_000,
  videoBytes: 40 * 1024 * 1024,
  videoSeconds: 60,
  originalBytes: 100 * 1024 * 1024,
  /** Bytes of photos and video that may be on their way to one process at once. */
  uploadBytesAtOnce: 320 * 1024 * 1024,
  /** Seconds for a request to arrive, and the bytes a second that a larger one must bring besides (security.md S32). */
  requestSeconds: 30,
  /** Seconds after which whoever was told that we are busy may ask again. */
  busySeconds: 20,
  requestBytesPerSecond: 16 * 1024,
  /** Days a sealed original is kept for the evidence side; the server cannot open it. */
  originalDays: 90,
  /** Files being decoded at once, each in a process of its own; and those that may wait for one. */
  decodersAtOnce: 2,
  decodersWaiting: 8,
  decoderSeconds: 20,
  /** Of a processor's own time: a video is copied, not decoded, and a hostile one must not hold a decoder for long. */
  videoCpuSeconds: 4,
  /** Memory a decoder may use beyond its program: a photo of the most pixels takes three times 96 MB. */
  decoderMegabytes: 640,
  /** A model by which phones look for faces, its weights included; the published ones have half a megabyte. */
  modelBytes: 8 * 1024 * 1024,
  additionsPerReport: 50,
  /** Arrivals of the last minute that one process remembers, to know a flood by. */
  arrivalsRemembered: 20_000,
  /** A proof of effort, base64. */
  effortCharacters: 2000,
  /** Reports written in one transaction: what came in while the last one was on its way to the disk. */
  reportsPerCommit: 200,
  /** After so long a commit of reports hangs, and the next does not wait for it. */
  commitPatienceMilliseconds: 100,
  placesAnswered: 20,
  queueRows: 200,
  /** Incidents of one group that one act of the desk sets aside; the rest take another. */
  setAsideAtOnce: 500,
  listRows: 500,
  /** Receipts looked up at once: each costs 45 ms of a core. */
  slowHashesAtOnce: 4,
  streamClients: 20_000,
  /** Bytes a stream client may leave unread before it is let go (it resumes without a gap). */
  streamBacklogBytes: 256 * 1024,
  checkCharacters: 2000,
  /** Days that a statement past its review date is still shown, as old; then a phone number stands in its place. */
  guideGreyDays: 30,
  /** Units of a translator's file, and its bytes. */
  xliffUnits: 5000,
  xliffBytes: 4 * 1024 * 1024,
  /** A text message, all its parts together. */
  smsCharacters: 1600,
  /** Reports of one number in an hour before the next are ranked last. */
  smsReportsPerHour: 3,
  mergeIncidents: 20,
  /** Hours a correction or an all-clear is shown: whoever was told must be able to hear it. */
  afterwordHours: 24,
  /** Minutes that an approval by passkey covers the act it was given for. */
  approvalMinutes: 15,
  /** Days an approval is kept: until the finding it stands behind has been signed off or is too old. */
  approvalDays: 7,
  /** Minutes that a drill lasts at most, and drills in a day: a text message of one costs as much as any. */
  drillMinutes: 60,
  drillsADay: 20,
  /** Days it is kept whom an alert was sent to: as long as it may have to be corrected. */
  audienceDays: 7,
  /** Days a one-time push key waits for an alert before another takes its place. */
  pushKeyDays: 90,
  /** Residents that each cell somebody may ask to hear of holds at least (security.md S4). */
  cellResidents: 1000,
  /** Cells one person may ask about: ten places of seven. */
  cellsAtOnce: 70,
  /** Of the city's residents, the share that they may cover; who wants more takes the city's feed. */
  cellsShare: 0.5,
  /** Messages that one job sends; of text messages and e-mail fewer, so that the nearest come first. */
  pagePushes: 5000,
  pageMessages: 50,
  /** Seconds that a gateway, mail server or webhook has to answer, and the bytes of it that we read. */
  sendAnswerSeconds: 15,
  sendAnswerBytes: 16 * 1024,
  /** Waits before a message goes again; tries after which one that alone is not taken is given up. */
  sendFirstWaitSeconds: 1,
  sendLongestWaitSeconds: 60,
  sendAttempts: 12,
  /**
   * Of text messages, e-mail and webhooks on their way at once; each text holds a database connection.
   * A process that is killed sends no more than these again.
   */
  textsAtOnce: 4,
  lettersAtOnce: 4,
  webhooksAtOnce: 16,
  /** Text messages begun in a second, where the operator says nothing else. */
  textsPerSecond: 10,
  /** Webhooks and letters begun in a second. */
  webhooksPerSecond: 200,
  lettersPerSecond: 50,
  /** Messages that one call reads out, the newest first. */
  messagesRead: 5,
  /** Seconds between signs of life on a line of SMPP. */
  smppEnquireSeconds: 30,
  /** Questions whether it was they who asked: to one number or address in a day, to all in an hour (security.md S7). */
  asksADay: 2,
  asksAnHour: 500,
  /** Hours that such a question may be left unanswered. */
  pendingHours: 24,
  /** Parts that matching is divided into, so that several processes share a million people. */
  matchShards: 4,
  /** A question to the signer, and the seconds it has to answer. */
  signerLineCharacters: 256 * 1024,
  signerSeconds: 10,
  /** An answer to the warrant checker: a letter, or the longest title of a form. */
  warrantAnswerCharacters: 60,

  // Web Push
  /** Bytes of a message's text; each is filled up to this, so that its length tells nothing (security.md S5). */
  pushPlainBytes: 1024,
  /** An endpoint's address; the longest that browsers were seen to give have some 500. */
  pushEndpointBytes: 1024,
  /** Answers waited for at once from one push service; its own HTTP/2 setting may ask for fewer. */
  pushRequestsPerOrigin: 200,
  /** Connections at once to a push service that speaks HTTP/1.1 only. */
  pushConnectionsPerOrigin: 16,
  /** Messages one call holds in memory, some 1.5 KB each, before it takes more from its source. */
  pushHeld: 20_000,
  /** Seconds that a push service may take for one answer, and for a connection. */
  pushAnswerSeconds: 60,
  pushConnectSeconds: 15,
  /** Times one message is tried; waits grow from the first to the longest, each drawn anew from half to whole. */
  pushAttempts: 10,
  pushFirstWaitSeconds: 0.25,
  pushLongestWaitSeconds: 60,
  /** Failures of one push service with no success between them, after which all of it waits. */
  pushFailuresInARow: 20,
  /** The longest that a push service's own Retry-After keeps us from it. */
  pushPauseSeconds: 3600,
  /** Seconds that answers under way are waited for when the program stops. */
  pushStopSeconds: 5,
  /** Hours that the proof of who we are (RFC 8292) is good for, and after which a new one is made. */
  vapidHours: 12,
  vapidRenewHours: 6,
} as const
