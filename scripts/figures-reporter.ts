/**
 * A reporter for Node's test runner: keeps what tests of faults measured. Tests say `figure: NAME = VALUE` (t.diagnostic); those of a test
 * file in which anything failed are left out. They go to scripts/figures.json, beside those that other files said before.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { relative } from 'node:path'
import type { TestEvent } from 'node:test/reporters'
import { repository } from './locked-packages.ts'

export interface Figure {
  value: string
  /** The test file that said it. */
  file: string
  /** `YYYY-MM-DD`. */
  on: string
  node: string
  processors: number
}

const path = `${repository}scripts/figures.json`

/** The last figures by name. */
export const keptFigures = (): Record<string, Figure> => JSON.parse(readFileSync(path, 'utf8')) as Record<string, Figure>

/** What a message says; undefined for any other message. */
export function figureIn(message: string): { name: string; value: string } | undefined {
  const [, name, value] = /^figure: (.+?) = (.+)$/.exec(message) ?? []
  return name === undefined || value === undefined ? undefined : { name, value }
}

/** Puts these beside what is kept, without those of tests that are no more. */
export function keep(figures: readonly { name: string; value: string; file: string }[]): void {
  const about = { on: new Date().toISOString().slice(0, 10), node: process.versions.node, processors: availableParallelism() }
  const said = figures.map(({ name, value, file }) => [name, { value, file, ...about }] as const)
  const before = Object.entries(keptFigures()).filter(([, { file }]) => existsSync(`${repository}${file}`))
  const sorted = Object.fromEntries([...new Map<string, Figure>([...before, ...said])].toSorted(([a], [b]) => (a < b ? -1 : 1)))
  writeFileSync(path, `${JSON.stringify(sorted, null, 2)}\n`)
}

export default async function* reporter(source: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const said: { name: string; value: string; file: string }[] = []
  const failed = new Set<string>()
  for await (const { type, data } of source) {
    const file = data && 'file' in data && data.file ? relative(repository, data.file) : ''
    const figure = type === 'test:diagnostic' ? figureIn(data.message) : undefined
    if (figure) said.push({ ...figure, file })
    if (type === 'test:fail') failed.add(file)
  }
  const good = said.filter(({ file }) => !failed.has(file))
  keep(good)
  yield `${good.length} figures are kept; npm run docs:reliability shows them in docs/reliability.md.\n`
}
