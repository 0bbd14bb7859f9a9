import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { contrast } from '../harness/contrast.ts'

const css = readFileSync(new URL('../../client/desk/styles/tokens.css', import.meta.url), 'utf8')
const [light = '', dark = ''] = css.split('@media (prefers-color-scheme: dark)')
const colours = (part: string): Record<string, string> =>
  Object.fromEntries([...part.matchAll(/--desk-([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name, value]))

const bands = [0, 1, 2, 3, 4].map((severity) => `band-${severity}`)
/** Words on a band need 4.5, a line of measurements 3 (WCAG 1.4.3, 1.4.11). */
const pairs: [minimum: number, front: string, backs: string[]][] = [
  [4.5, 'banner-color', ['banner-background-color']],
  [4.5, 'band-color', bands],
  [3, 'line-0', bands],
  [3, 'line-1', bands],
]

for (const [scheme, tokens] of Object.entries({ light: colours(light), dark: colours(dark) }))
  test(`banner, bands and lines of the desk have enough contrast in ${scheme} colours`, () => {
    for (const [minimum, front, backs] of pairs)
      for (const back of backs) {
        const ratio = contrast(tokens[front] ?? assert.fail(`no ${front}`), tokens[back] ?? assert.fail(`no ${back}`))
        assert.ok(ratio >= minimum, `${front} on ${back}: ${ratio.toFixed(2)} is below ${minimum}`)
      }
  })
