/** The bytes that are signed begin so: a signature of ours can mean nothing else. No zod here: phones take it along. */
export const alertPrefix = 'porchlight-alert-v1\n'
export const feedPrefix = 'porchlight-feed-v1\n'
