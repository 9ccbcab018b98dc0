import adapter from '@sveltejs/adapter-node'
import { sveltekit } from '@sveltejs/kit/vite'
import { defineConfig } from 'vite'
import { textsPlugin } from './tools/vite-texts.ts'

/** Another folder lets two builds run side by side. */
const out = process.env.PORCHLIGHT_BUILD ?? 'build'

export default defineConfig({
  // Every browser that has modules has them in workers too; the map's library knows no other form.
  worker: { format: 'es' },
  plugins: [
    textsPlugin(),
    sveltekit({
      adapter: adapter({ out }),
      outDir: out === 'build' ? '.svelte-kit' : `.svelte-kit-${out}`,
      paths: { relative: false },
      // A page brings its styles with it: a dozen small sheets cost a weak line three round trips.
      inlineStyleThreshold: 12_000,
      files: { src: 'web', assets: 'web/static' },
      // Public pages start it by a script of their own (web/client/offline); the desk never.
      serviceWorker: { register: false },
      csp: {
        mode: 'hash',
        directives: {
          'default-src': ['none'],
          'script-src': ['self'],
          'worker-src': ['self'],
          'style-src': ['self'],
          'img-src': ['self', 'data:'],
          'media-src': ['self'],
          'font-src': ['self'],
          'connect-src': ['self'],
          'manifest-src': ['self'],
          'form-action': ['self'],
          'base-uri': ['none'],
          'frame-ancestors': ['none'],
          'require-trusted-types-for': ['script'],
          'trusted-types': [
            'svelte-trusted-html',
            'sveltekit-trusted-url',
            'default',
            'porchlight-places',
            'porchlight-faces',
            'porchlight-service-worker',
          ],
        },
      },
    }),
  ],
})
