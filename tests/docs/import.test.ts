import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Protocol } from '../../protocols/schema.ts'
import { loadDefinitions } from '../../server/definitions/load.ts'
import { caseProblems } from '../../server/workflow/check-case.ts'
import { columnsFor, readCasesCsv } from '../../server/workflow/read-cases-csv.ts'
import { nameting, type Ran } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { startStudyServer } from '../harness/study-server.ts'
import { codeBlock, firstWords, readPage, section, tableRows } from './pages.ts'

const page = readPage('docs/import.md')

/** Does what the page shows: puts its files into a folder and imports them into a study of the same name. */
async function follow(t: Parameters<typeof startStudyServer>[0]) {
  const { context, environment } = await startStudyServer(t)
  const folder = temporaryFolder(t)
  const add = ['--title', 'T', '--organisation', 'O', '--contact', 'C', '--accept-stand-ins', 'V. Voorbeeld']
  const study = await nameting(environment, 'study', 'add', 'pilot', '--protocol', 'familie-aan-zet@0.1.0-standin', ...add)
  assert.equal(study.code, 0, study.stderr)
  const run = async (name: string, content: string, ...options: string[]): Promise<Ran> => {
    const path = join(folder, name)
    writeFileSync(path, content)
    const { code, stdout, stderr } = await nameting(environment, 'import', '--study', 'pilot', path, ...options)
    return { code, stdout, stderr: stderr.replaceAll(path, name) }
  }
  return { run, context }
}

/** What a session on the page says after its command. */
const shown = (place: number): string => codeBlock(page, '', place).replace(/^\$.*\n/, '')

test('the example of docs/import.md does what the page says, and so does the one with mistakes', async (t) => {
  const { run, context } = await follow(t)
  const good = await run('cases.csv', codeBlock(page, 'csv', 0))
  assert.deepEqual(good, { code: 0, stdout: shown(0), stderr: '' })
  const bad = await run('wrong.csv', codeBlock(page, 'csv', 1))
  assert.deepEqual(bad, { code: 1, stdout: '', stderr: shown(1) })
  assert.equal(context.stores.study.read.get<{ n: number }>('SELECT count(*) AS n FROM cases').n, 2)
})

test('with --json it prints what the page says', async (t) => {
  const { run } = await follow(t)
  const good = await run('cases.csv', codeBlock(page, 'csv', 0), '--json')
  assert.equal(good.stdout, codeBlock(page, 'json', 0))
  const { stdout, stderr } = await run('wrong.csv', codeBlock(page, 'csv', 1), '--json')
  const { problems } = JSON.parse(stdout) as { problems: { line: number; column: string; reason: string; details?: object }[] }
  assert.equal(problems.length, stderr.trimEnd().split('\n').length - 1)
  for (const { details, ...problem } of problems) {
    assert.deepEqual(Object.keys(problem), ['line', 'column', 'fault', 'reason'])
    for (const name of Object.keys(details ?? {})) assert.ok(page.text.includes(`\`${name}\` (`), name)
  }
})

test('docs/import.md has every column, says which are needed, and names what the shipped protocol knows', () => {
  const protocol = loadDefinitions().protocols.need('familie-aan-zet@0.1.0-standin')
  const rows = tableRows(section(page, 'The file'))
  const columns = firstWords(rows).flatMap((name) => (name === 'ANCHOR_date' ? anchorColumns(protocol) : [name]))
  assert.deepEqual(columns.toSorted(), columnsFor(protocol).toSorted())

  const { arms, cohorts, roles, languages } = protocol
  const known = [...[arms, cohorts, roles].flatMap((names) => Object.keys(names)), ...languages, ...anchorColumns(protocol)]
  for (const name of known) assert.ok(section(page, 'The file').includes(`\`${name}\``), name)

  const [header = '', first = ''] = codeBlock(page, 'csv', 0).split('\n')
  for (const [cell, , needed] of rows.filter(([name]) => name !== '`ANCHOR_date`')) {
    const name = (cell ?? '').replaceAll('`', '')
    const place = header.split(',').indexOf(name)
    assert.ok(place >= 0, name)
    const without = [header, first].map((line) => line.split(',').toSpliced(place, 1).join(','))
    const { entries, problems } = readCasesCsv(protocol, without.join('\n'))
    assert.equal(
      problems.length + entries.flatMap((entry) => caseProblems(protocol, protocol.languages, entry)).length,
      needed === 'yes' ? 1 : 0,
      name,
    )
  }
})

const anchorColumns = ({ anchors }: Protocol): string[] => Object.keys(anchors).map((anchor) => `${anchor}_date`)
