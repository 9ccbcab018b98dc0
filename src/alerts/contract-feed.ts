/**
 * The city's feed for phones that match by themselves: one file, the same for everybody, so that
 * asking for it says nothing about who asks (security.md S5, targets.md P7). All numbers are
 * big-endian; columns stand together because they compress so.
 *
 *   4  `PLF1`
 *   4  signed at, seconds since 1970
 *   2  how many alerts
 *   then for each column all alerts: id (5 bytes: eight characters of 32), revision (2), kind (1),
 *   activity (1), precision (1), was and now of a correction (1 + 1, 0 for none), seen at (4, 0 for
 *   unknown), sent at (4), expires at (4), number of cells (1)
 *   then every cell (8 each), the length of the places (4) and the places in UTF-8, a line each
 *   64 Ed25519 signature over `porchlight-feed-v1\n` and all that stands before it
 */
export const magic = 'PLF1'
/** Of the feed of drills: laid out alike, by the key of drills, numbers without their mark. */
export const drillMagic = 'PLD1'
export const kinds = ['confirmed', 'update', 'all-clear', 'correction'] as const
export const precisions = ['corner', 'wide', 'neighbourhood'] as const
/** Numbers stay what they are: add at the end only. */
export const activities = [
  'other',
  'arrest',
  'raid',
  'stop',
  'checkpoint',
  'stakeout',
  'patrol',
  'door-knock',
] as const
/** 0 stands for none. */
export const findings = [
  '',
  'confirmed',
  'other-agency',
  'unfounded',
  'inconclusive',
  'withdrawn',
  'ended',
  'wrong-place',
  'wrong-time',
] as const
/** Crockford's base 32, as the numbers of incidents are written. */
export const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
