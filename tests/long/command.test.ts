/** The program itself: as a process that people start, and beside the thread in which most tests run it. */
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { cliPath, nameting, namingProcess } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { writeDefinition, writeFile } from '../harness/definition-folder.ts'
import { answersTo } from '../harness/family.ts'
import { smallInstrument } from '../instruments/small-files.ts'
import { entry, everybody, normTable, startRescoringStudy } from '../server/rescoring-study.ts'
import { header, line, startTrial } from '../server/trial-study.ts'

const plan = ['plan', '--protocol', 'familie-aan-zet', '--anchor', 'referral=2026-01-05', '--json']

test('a reader that has seen enough, such as head, is no mistake', async () => {
  for (const args of [plan, ['check'], ['check', '--json'], ['--help']]) {
    const child = spawn(process.execPath, [cliPath, ...args], { env: { PATH: process.env.PATH }, stdio: ['ignore', 'pipe', 'pipe'] })
    child.stdout.destroy()
    const [[code], stderr] = await Promise.all([once(child, 'exit'), text(child.stderr)])
    assert.deepEqual([code, stderr], [0, ''], args.join(' '))
  }
})

describe('a process and the thread of the tests say the same, with the same exit code:', () => {
  const bad = [
    ['nonsense'],
    ['__proto__'],
    [''],
    ['import'],
    ['import', '--study', 's1', 'a.csv', '--nonsense'],
    ['plan', '--anchor', 'x=y'],
  ]
  for (const args of [plan, ['--help'], ['study', '--help'], ['check', '--json'], ['study', 'list'], ['serve'], ...bad])
    test(`nameting ${args.join(' ')}`, async () => {
      assert.deepEqual(await nameting({}, ...args), await namingProcess({}, ...args))
    })

  test('what it does in a data folder', async (t) => {
    const both = [await startTrial(t), await startTrial(t)] as const
    const ran = both.map(async (trial, index) => {
      const run = index === 0 ? nameting : namingProcess
      writeFile(trial.folder, 'cases.csv', [header, line('A-1'), line('A-2', 'West')].join('\n'))
      writeFile(trial.folder, 'again.csv', [header, line('A-3'), line('A-2', 'West')].join('\n'))
      const said = []
      for (const args of [
        ['import', '--study', 's1', join(trial.folder, 'cases.csv'), '--json'],
        ['import', '--study', 's1', join(trial.folder, 'again.csv')],
        ['study', 'list', '--json'],
        ['case', 'show', 'A-1', '--study', 's1'],
        ['export', '--study', 's1', '--out', join(trial.folder, 'export')],
        ['export', '--study', 's1', '--out', join(trial.folder, 'export')],
        ['rescore', '--study', 's1', '--norms', 'nothing@1.0.0'],
      ]) {
        const { code, stdout, stderr } = await run(trial.environment, ...args)
        said.push({ code, stdout: stdout.replaceAll(trial.folder, ''), stderr: stderr.replaceAll(trial.folder, '') })
      }
      assert.ok(existsSync(join(trial.folder, 'export/manifest.json')))
      return said
    })
    const [inThread, inProcess] = await Promise.all(ran)
    assert.deepEqual(inThread, inProcess)
    assert.deepEqual(
      inThread?.map(({ code }) => code),
      [0, 1, 0, 0, 0, 1, 1],
    )
  })
})

test('at a terminal it asks, and goes on at yes only', async (t) => {
  const { environment, context, definitions, register, submit, rows } = await startRescoringStudy(t)
  await register(entry('A'))
  await submit('A', 'veo', answersTo(context.definitions.instruments.need('veo@1.0.0'), 1))
  writeDefinition(definitions, 'norms', normTable('veo', 'total', '2.0.0', everybody(36, 6)))
  const count = () => rows<{ n: number }>('SELECT count(*) AS n FROM scores')[0]?.n ?? Number.NaN
  const before = count()
  for (const [answer, added] of [
    ['no', 0],
    ['', 0],
    ['yes', 1],
  ] as const) {
    const screen = await atTerminal(environment, answer)
    assert.match(screen, /Type yes to go on: /)
    assert.match(screen, added === 0 ? /Nothing was changed\./ : /Added 1 scores\./)
    assert.equal(count(), before + added)
  }
})

/** Runs the command at a terminal (of script(1)) and types an answer to its question. */
function atTerminal(environment: Record<string, string>, answer: string): Promise<string> {
  const command = `${process.execPath} ${cliPath} rescore --study s1 --norms veo-total-test@2.0.0`
  const child = spawn('script', ['-qec', command, '/dev/null'], { env: { PATH: process.env.PATH, ...environment, TERM: 'dumb' } })
  let screen = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const asked = screen.includes('go on: ')
    screen += text
    if (!asked && screen.includes('go on: ')) child.stdin.write(`${answer}\r`)
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', () => resolve(screen))
  })
}

test('npm run definitions:lock publishes a folder, says what it added, and ends with 1 or 2 when it cannot', (t) => {
  const own = temporaryFolder(t)
  const mood = 'instruments/mood/0.1.0-standin.json'
  writeFile(own, mood, smallInstrument())
  const script = fileURLToPath(new URL('../../scripts/lock-definitions.ts', import.meta.url))
  const run = (folder: string) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [script, folder], { encoding: 'utf8' })
    return { status, stdout, stderr }
  }
  assert.deepEqual(run(own), { status: 0, stdout: 'Published mood@0.1.0-standin.\n', stderr: '' })
  assert.deepEqual(run(own), { status: 0, stdout: 'Everything is published already.\n', stderr: '' })
  writeFile(own, mood, { ...smallInstrument(), minutes: 9 })
  assert.equal(run(own).status, 1)
  assert.deepEqual(run(join(own, 'nothing')), { status: 2, stdout: '', stderr: `There is no folder ${join(own, 'nothing')}.\n` })
})
