import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import type { Plugin } from 'vite'

const here = import.meta.dirname

/** The part of the page that draws is fetched beside the first, not after it. */
const fetchBeside: Plugin = {
  name: 'fetch-beside',
  transformIndexHtml: {
    order: 'post',
    handler: (html, { bundle = {} }) => {
      const files = Object.values(bundle).flatMap(file => (file.type === 'chunk' ? [file] : []))
      const parts = files.filter(file => file.facadeModuleId?.endsWith('/app/draw.tsx'))
      const names = new Set(parts.flatMap(part => [...part.imports, part.fileName]))
      const href = (name: string) => ({
        tag: 'link',
        injectTo: 'head' as const,
        attrs: { rel: 'modulepreload', crossorigin: '', href: `./${name}` },
      })
      return [...names].filter(name => !html.includes(name)).map(href)
    },
  },
}

/** Four bundles for Node (one per composition root, one for the engine's worker), the preload script, and the page. */
export default defineConfig({
  main: {
    build: {
      target: 'node24',
      // Whole in themselves but for what is native: a start reads a few files in place of some two hundred, and a package needs no node_modules.
      externalizeDeps: false,
      rolldownOptions: {
        external: ['electron', 'better-sqlite3', 'bufferutil', 'utf-8-validate', /^node:/],
        input: {
          index: resolve(here, 'src/main/index.ts'),
          web: resolve(here, 'src/main/web.ts'),
          cli: resolve(here, 'src/main/cli.ts'),
          engine: resolve(here, 'src/main/engine/worker.ts'),
        },
      },
    },
  },
  preload: {
    build: {
      rolldownOptions: {
        input: { index: resolve(here, 'src/preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: resolve(here, 'src/renderer'),
    plugins: [react(), fetchBeside],
    build: {
      target: 'chrome140',
      minify: true,
      // Said in the page itself, by the plugin above: the helper for it would be one file more to wait for.
      modulePreload: false,
      // The policy forbids data: addresses, so no asset may be inlined.
      assetsInlineLimit: 0,
      // One style sheet, in the order in which the whole page names them.
      cssCodeSplit: false,
      rolldownOptions: { input: resolve(here, 'src/renderer/index.html') },
    },
  },
})
