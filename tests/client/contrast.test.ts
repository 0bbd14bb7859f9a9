import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { contrast } from '../harness/contrast.ts'

const css = readFileSync(new URL('../../client/ui/tokens.css', import.meta.url), 'utf8')
const [light = '', dark = ''] = css.split('@media (prefers-color-scheme: dark)')

const colours = (part: string): Record<string, string> =>
  Object.fromEntries([...part.matchAll(/--nameting-([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name, value]))
const schemes = { light: colours(light), dark: { ...colours(light), ...colours(dark) } }

const pages = ['document-background-color', 'surface-background-color']
const alerts = ['info', 'warning', 'error', 'ok'].map((kind) => `alert-${kind}-background-color`)
const controls = ['background', 'hover-background', 'checked-background'].map((state) => `form-control-${state}-color`)

/** What stands on what. Text needs 4.5; rings, borders of controls and the filled part of a bar need 3 (WCAG 1.4.3, 1.4.11). */
const pairs: [minimum: number, front: string[], back: string[]][] = [
  [4.5, ['document-color'], [...pages, ...alerts, ...controls]],
  [4.5, ['document-subtle-color'], [...pages, ...alerts]],
  [4.5, ['link-color', 'link-hover-color'], [...pages, ...alerts]],
  [4.5, ['error-color'], [...pages, 'alert-error-background-color']],
  [4.5, ['ok-color'], [...pages, 'alert-ok-background-color']],
  [4.5, ['button-primary-action-color'], ['button-primary-action-background-color', 'button-primary-action-hover-background-color']],
  [4.5, ['button-secondary-action-color'], ['button-secondary-action-background-color', 'button-secondary-action-hover-background-color']],
  [3, ['focus-outline-color'], [...pages, ...alerts, ...controls, 'form-control-checked-background-color']],
  [3, ['button-primary-action-background-color', 'button-secondary-action-border-color'], [...pages, ...alerts]],
  [3, ['form-control-border-color', 'form-control-checked-border-color', 'form-control-invalid-border-color'], [...pages, ...controls]],
  [3, ['form-control-accent-color'], controls],
  [3, ['progress-color'], [...pages, 'progress-background-color']],
  // The line at the side of a notice and under a banner says how grave it is.
  ...['info', 'warning', 'error', 'ok'].map((kind): [number, string[], string[]] => [
    3,
    [`alert-${kind}-border-color`],
    [...pages, `alert-${kind}-background-color`],
  ]),
]

/** Carries no meaning: the edge of a card and the lines between rows of a grid, which are told apart without it. */
const ornaments = ['surface-border-color']

for (const [scheme, tokens] of Object.entries(schemes))
  test(`the ${scheme} colours have the contrast that WCAG 2.2 AA asks`, () => {
    for (const [minimum, fronts, backs] of pairs)
      for (const front of fronts)
        for (const back of backs) {
          const ratio = contrast(tokens[front] ?? assert.fail(`no ${front}`), tokens[back] ?? assert.fail(`no ${back}`))
          assert.ok(ratio >= minimum, `${front} on ${back}: ${ratio.toFixed(2)} is below ${minimum}`)
        }
  })

test('no colour stands outside the tokens, and each is held against what it stands on', () => {
  const client = fileURLToPath(new URL('../../client', import.meta.url))
  const sheets = globSync('{respond,survey,ui}/**/*.css', { cwd: client }).filter((path) => !path.endsWith('tokens.css'))
  assert.ok(sheets.length > 5)
  for (const sheet of sheets) {
    const text = readFileSync(`${client}/${sheet}`, 'utf8').replace(/\/\*[\s\S]*?\*\//g, '')
    assert.doesNotMatch(text, /:[^;{]*(#[0-9a-f]{3,8}\b|\b(rgb|hsl|oklch)a?\()/i, sheet)
  }
  const held = new Set([...pairs.flatMap(([, fronts, backs]) => [...fronts, ...backs]), ...ornaments])
  assert.deepEqual(
    Object.keys(schemes.light).filter((token) => !held.has(token)),
    [],
  )
  assert.deepEqual(Object.keys(colours(dark)).toSorted(), Object.keys(colours(light)).toSorted(), 'each has its colour in the dark')
})

test('black on white has contrast 21, as WCAG defines', () => {
  assert.equal(contrast('#000000', '#ffffff'), 21)
})
