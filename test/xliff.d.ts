// The stranger's XLIFF tool that tests read and write with brings no types.
declare module 'xliff' {
  interface Units {
    [id: string]: { source: string; target?: string }
  }
  interface Read {
    sourceLanguage: string
    targetLanguage: string
    resources: Record<string, Units>
  }
  export function xliff2js(xml: string): Promise<Read>
  export function js2xliff(read: Read): Promise<string>
}
