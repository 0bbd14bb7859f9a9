/**
 * Two small sites from one tree: `vite build --mode respond` and `vite build --mode desk`. And `vite build --mode draw`: the
 * respondent's page once more, as a module with which the server draws it (dist/draw/draw.js). And `vite build --mode figures`: the
 * figures of reports, likewise (dist/figures/figures.js).
 *
 * Each goes to dist/<mode>/: index.html, manifest.json, and hashed files under assets/<mode>/, which the server offers at
 * /assets/<mode>/ as immutable. Beside each file that compresses well lie .br and .gz. Nothing is inlined in the page: the
 * Content-Security-Policy allows no inline script or style and no data: addresses.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin, type UserConfig } from 'vite'

const sites = ['respond', 'desk'] as const
type Site = (typeof sites)[number]

export default defineConfig(({ mode }) => {
  if (mode === 'draw') return drawing
  if (mode === 'figures') return figures
  const site = sites.find((name) => name === mode)
  if (!site) throw new Error(`Say what to build: vite build --mode ${[...sites, 'draw', 'figures'].join(' or --mode ')}`)
  return {
    root: join(import.meta.dirname, 'client', site),
    base: '/',
    publicDir: false,
    appType: 'spa',
    plugins: site === 'desk' ? [react(), precompress()] : [precompress()],
    resolve: site === 'respond' ? { alias: preactForReact } : {},
    build: {
      outDir: join(import.meta.dirname, 'dist', site),
      emptyOutDir: true,
      assetsDir: `assets/${site}`,
      assetsInlineLimit: 0,
      manifest: 'manifest.json',
      license: { fileName: 'licences.md' },
      modulePreload: { polyfill: false },
      rolldownOptions: {
        output: { codeSplitting: { groups: [{ name: 'survey-core', test: /node_modules\/survey-core\// }] } },
        // Compressing takes its time on purpose.
        checks: { pluginTimings: false },
      },
      target: browsers[site],
      reportCompressedSize: false,
      chunkSizeWarningLimit: 1500,
    },
  }
})

/**
 * Respondents bring the phone they have. The oldest that still get about: Android 5 ends at Chrome 95, the iPhone 6s and 7 at
 * iOS 15.8. Syntax is made to fit; what browsers lack in methods is kept out, see tests/client/old-phones.test.ts. The desk
 * runs in an office.
 */
const browsers: Record<Site, string[]> = {
  respond: ['chrome95', 'safari15.4', 'firefox95'],
  desk: ['chrome120', 'safari17', 'firefox120'],
}

/** The respondent's page is written as React and runs on Preact, which is a tenth of the size. */
const preactForReact = [
  { find: /^react$/, replacement: 'preact/compat' },
  { find: /^react-dom$/, replacement: 'preact/compat' },
  { find: /^react-dom\/client$/, replacement: 'preact/compat/client' },
  { find: /^react\/jsx-runtime$/, replacement: 'preact/jsx-runtime' },
]

/** With everything in it but survey-core, which drawing a page never loads. */
const drawing: UserConfig = {
  root: join(import.meta.dirname, 'client', 'respond'),
  publicDir: false,
  resolve: { alias: preactForReact },
  ssr: { noExternal: true, external: ['survey-core'] },
  build: { ssr: 'draw.tsx', outDir: join(import.meta.dirname, 'dist', 'draw'), emptyOutDir: true, target: 'node26' },
}

/** With React and all else in it. */
const figures: UserConfig = {
  root: join(import.meta.dirname, 'client', 'figures'),
  publicDir: false,
  // Of React there are two in its package: the one for whoever develops is chosen by default.
  define: { 'process.env.NODE_ENV': '"production"' },
  ssr: { noExternal: true },
  build: { ssr: 'figures.tsx', outDir: join(import.meta.dirname, 'dist', 'figures'), emptyOutDir: true, target: 'node26' },
}

/** Compresses once, at the highest setting, so that the server never has to while somebody waits. */
function precompress(): Plugin {
  return {
    name: 'precompress',
    apply: 'build',
    writeBundle({ dir }) {
      if (dir === undefined) return
      for (const name of readdirSync(dir, { recursive: true, encoding: 'utf8' })) {
        if (!/\.(js|css|svg|html)$/.test(name)) continue
        const content = readFileSync(join(dir, name))
        writeFileSync(join(dir, `${name}.br`), brotliCompressSync(content))
        writeFileSync(join(dir, `${name}.gz`), gzipSync(content, { level: 9 }))
      }
    },
  }
}
