/** Makes commands start in a third of the time (`serve`: 0.3 s instead of 0.9). Only speed depends on it. */
import { enableCompileCache, registerHooks } from 'node:module'
import { fileURLToPath } from 'node:url'

// Keeps what Node has stripped of its types and compiled; where that cannot be written, nothing is kept.
enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/nameting', import.meta.url)))

// Node 26 reads the `exports` of package.json anew for every module of a package; drizzle-orm has 180 KB of them and 110 modules.
registerHooks({
  resolve(specifier, context, next) {
    const isWithin = specifier.startsWith('.') && context.parentURL?.includes('/node_modules/drizzle-orm/')
    if (!isWithin || !context.conditions.includes('import')) return next(specifier, context)
    return { url: new URL(specifier, context.parentURL).href, format: 'module', shortCircuit: true }
  },
})
