declare module 'virtual:texts' {
  type Values = Record<string, unknown>
  interface TextsModule {
    default: Record<string, string | ((values: Values) => string)>
    meta: {
      lang: string
      status: 'source' | 'machine-draft' | 'native-reviewed' | 'lawyer-reviewed'
      fallbacks: number
    }
  }
  const loaders: Record<string, () => Promise<TextsModule>>
  export default loaders
}
