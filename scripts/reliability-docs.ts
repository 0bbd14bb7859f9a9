/** Writes docs/reliability.md from promises.ts and from what tests measured last (figures.json): `npm run docs:reliability`. */
import { writeFileSync } from 'node:fs'
import { type Figure, keptFigures } from './figures-reporter.ts'
import { repository } from './locked-packages.ts'
import { promises } from './promises.ts'

const cell = (text: string): string => text.replaceAll('|', '\\|')

/** The page. */
export function reliabilityDocs(figures: Record<string, Figure>): string {
  const parts = Object.entries(promises).flatMap(([about, kept]) => [
    `## ${about}`,
    ...kept.map(({ promise, tests }) => [promise, '', ...tests.map(([file, sentence]) => `- \`${file}\`: ${sentence}`)].join('\n')),
  ])
  return `${[
    '# What may be relied on',
    'Made by `npm run docs:reliability` from `scripts/promises.ts` and from what `npm run test:faults` measured last: change those, not this page.',
    'Each promise is one sentence, and below it the tests that would fail if it did not hold: their file, and words of their own sentence. `npm test` runs all of them, those with faults with few of them; `npm run test:faults` runs these with many more faults, drawn anew each time, and prints the seed by which a run can be repeated.',
    ...parts,
    '## Figures',
    ...figuresTable(figures),
    '## What is not promised',
    [
      '- That a server which is broken into keeps its secrets: whoever controls the process reads what it reads. [security.md](security.md) says what is protected against whom.',
      '- That a disk which says that it wrote and did not (a broken controller, a virtual disk with an unsafe cache) loses nothing. The power cut is replayed from what the server asked the system to write and sync; that the system and the disk keep their word is up to whoever operates them.',
      '- That a mail which a mail server took arrives.',
    ].join('\n'),
  ].join('\n\n')}\n`
}

function figuresTable(figures: Record<string, Figure>): string[] {
  const all = Object.entries(figures)
  if (all.length === 0) return ['Nothing was measured yet: `npm run test:faults` does.']
  return [
    'Each as it was when its test last passed in `npm run test:faults`. Times are those of one machine, with other work on it.',
    [
      '| Figure | Value | Test | Measured on |',
      '|---|---|---|---|',
      ...all.map(
        ([name, { value, file, on, node, processors }]) =>
          `| ${cell(name)} | ${cell(value)} | \`${file}\` | ${on}, Node ${node}, ${processors} processors |`,
      ),
    ].join('\n'),
  ]
}

if (import.meta.main) writeFileSync(`${repository}docs/reliability.md`, reliabilityDocs(keptFigures()))
