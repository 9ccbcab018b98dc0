/** A setting that cannot be: a sentence that never repeats it, since people write secrets into addresses. */
export class GatewayFault extends Error {}
