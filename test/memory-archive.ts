import type { RangeResponse, Source } from 'pmtiles'

/** An archive in memory, read as the browser's own library reads it. */
export class Memory implements Source {
  private readonly bytes: Buffer
  constructor(bytes: Buffer) {
    this.bytes = bytes
  }
  getKey = (): string => 'memory'
  async getBytes(offset: number, length: number): Promise<RangeResponse> {
    return { data: new Uint8Array(this.bytes.subarray(offset, offset + length)).buffer }
  }
}
