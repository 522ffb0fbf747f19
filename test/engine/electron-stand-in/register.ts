/** Gives `import 'electron'` to the stand-in, for the main bundle as for the preload bundle. */
import { registerHooks } from 'node:module'

const standIn = new URL('./electron.ts', import.meta.url).href
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: standIn, shortCircuit: true } : next(specifier, context),
})
