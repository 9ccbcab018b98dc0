/** The bytes that are signed begin so: a signature of ours can mean nothing else. No zod here: phones take it along. */
export const alertPrefix = 'porchlight-alert-v1\n'
export const feedPrefix = 'porchlight-feed-v1\n'
/** Numbers of drills begin so: whoever reads one aloud says what it is. */
export const drillMark = 'DRILL-'
/** The deployment that drills are of: a program that knows nothing of drills takes them for a stranger's. */
export const drillOrigin = (origin: string): string => `${origin}/drills`
