import assert from 'node:assert/strict'
import { mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, type TestContext, test } from 'node:test'
import fc from 'fast-check'
import { readInstruments } from '../../instruments/catalogue.ts'
import { checkInstruments, warnAboutInstruments } from '../../instruments/check.ts'
import { readNorms } from '../../norms/catalogue.ts'
import { checkNorms, warnAboutNorms } from '../../norms/check.ts'
import { readProtocols } from '../../protocols/catalogue.ts'
import { checkProtocols, warnAboutProtocols } from '../../protocols/check.ts'
import { loadDefinitions, shippedDirectory } from '../../server/definitions/load.ts'
import { Failure } from '../../server/failure.ts'
import { nameting } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { writeFile } from '../harness/definition-folder.ts'
import { all, type Change, fileOf, type Json, put, smallInstrument } from '../instruments/small-files.ts'
import { smallBands, smallTable } from '../norms/small-files.ts'
import { smallStudy } from '../protocols/small-files.ts'

const check = (...args: string[]) => nameting({}, 'check', ...args)

/** A folder with the small instrument, norms and protocol: nothing is wrong with them. */
function ownDefinitions(t: TestContext): string {
  const folder = temporaryFolder(t)
  for (const [kind, definition] of [
    ['instruments', smallInstrument()],
    ['norms', smallTable()],
    ['norms', smallBands()],
    ['protocols', smallStudy()],
  ]) {
    const { path, text } = fileOf(kind, definition)
    writeFile(folder, path, text)
  }
  return folder
}

/** A shipped definition after a change, under its own name or another version of it. */
function shipped(name: string, change: Change): Json {
  const definition = JSON.parse(readFileSync(join(shippedDirectory, name), 'utf8'))
  change(definition)
  return definition
}

/** Lines of errors, without the folder. */
const told = (folder: string, stderr: string): string[] => stderr.trimEnd().replaceAll(`${folder}/`, '').split('\n')

describe('a clean run', () => {
  test('says what was checked and names the stand-ins', async () => {
    const { code, stdout, stderr } = await check()
    assert.deepEqual({ code, stderr }, { code: 0, stderr: '' })
    assert.match(
      stdout,
      /^Checked \d+ instruments, \d+ parts?, \d+ norm tables, \d+ band sets?, \d+ price tables?, \d+ protocols?: no mistakes\.\n/,
    )
    assert.match(stdout, /\nStand-ins, in this project's own words and with invented norms: .*nosik@0\.1\.0-standin/)
  })

  test('says the same as JSON', async () => {
    const { code, stdout } = await check('--json')
    const { checked, errors, warnings } = JSON.parse(stdout)
    assert.deepEqual({ code, errors, warnings }, { code: 0, errors: [], warnings: [] })
    const [bands] = checked.filter(({ reference }: Json) => reference === 'bands-familie-aan-zet-2008@1.0.0')
    assert.deepEqual([bands.kind, bands.standIn], ['band set', false])
    assert.match(bands.file, /norms\/bands-familie-aan-zet-2008\/1\.0\.0\.json$/)
  })

  test("lays a study's own definitions over the shipped ones, from an argument or from DEFINITIONS_DIR", async (t) => {
    const folder = ownDefinitions(t)
    const [bare, laid, set] = await Promise.all([check(), check(folder), nameting({ DEFINITIONS_DIR: folder }, 'check')])
    assert.deepEqual({ code: laid.code, stderr: laid.stderr }, { code: 0, stderr: '' })
    assert.match(laid.stdout, /mood@0\.1\.0-standin.*mood-nl@0\.1\.0-standin.*small-study@0\.1\.0-standin/)
    assert.equal(set.stdout, laid.stdout)
    const instruments = ({ stdout }: { stdout: string }) => Number(/Checked (\d+) instruments/.exec(stdout)?.[1])
    assert.equal(instruments(laid), instruments(bare) + 1)
  })

  test('tells what is seldom meant as a warning, and still ends well', async (t) => {
    const folder = ownDefinitions(t)
    writeFile(folder, 'protocols/small-study/0.1.0-standin.json', { ...smallStudy(), schedule: smallStudy().schedule.slice(0, 1) })
    writeFile(folder, 'norms/notes/old/draft.json', {})
    writeFile(folder, 'instruments/loose.JSON', {})
    const { code, stdout, stderr } = await check(folder)
    assert.equal(code, 0)
    assert.match(stdout, /: no mistakes, 3 warnings\.\n/)
    assert.deepEqual(told(folder, stderr).sort(), [
      'warning: instruments/loose.JSON: this file is not read: definitions lie at instruments/ID/VERSION.json',
      'warning: norms/notes/old/draft.json: this file is not read: definitions lie at norms/ID/VERSION.json',
      'warning: protocols/small-study/0.1.0-standin.json:95 /waves/1: nothing is asked in wave FU3',
    ])
  })
})

describe('a bad call', () => {
  test('a folder that is not there, or is a file, ends with exit code 2', async (t) => {
    const folder = temporaryFolder(t)
    writeFile(folder, 'file', '')
    for (const path of [join(folder, 'nothing'), join(folder, 'file')]) {
      const { code, stdout, stderr } = await check(path)
      assert.deepEqual({ code, stdout }, { code: 2, stdout: '' })
      assert.equal(stderr, `There is no folder ${path}; give the one that has instruments/, norms/ and protocols/ in it.\n`)
    }
  })

  test('an option that is not known ends with exit code 2', async () => {
    assert.equal((await check('--fast')).code, 2)
  })
})

describe('mistakes', () => {
  test('in and between definitions are told with file, line, path and reason, and end with exit code 1', async (t) => {
    const folder = temporaryFolder(t)
    const veo = 'instruments/veo/0.1.0-standin.json'
    const nosik = 'norms/nosik-nl/0.1.0-standin.json'
    const protocol = 'protocols/familie-aan-zet/0.1.0-standin.json'
    const next = put('/version', '0.2.0-standin')
    writeFile(
      folder,
      'instruments/veo/0.2.0-standin.json',
      shipped(veo, all(next, put('/scales/0/items/0', 'veo99'), put('/scales/0/reverse', ['pul01']))),
    )
    writeFile(folder, 'norms/nosik-nl/0.2.0-standin.json', shipped(nosik, all(next, put('/strata/1/when/sex', 'female'))))
    writeFile(
      folder,
      'protocols/familie-aan-zet/0.9.0-standin.json',
      shipped(
        protocol,
        all(
          put('/version', '0.9.0-standin'),
          put('/schedule/0/instrument', 'nosik@9.0.0'),
          put('/norms/0', undefined),
          put('/schedule/1/role', 'aunt'),
        ),
      ),
    )
    const { code, stdout, stderr } = await check(folder)
    assert.deepEqual({ code, stdout }, { code: 1, stdout: '' })
    const lines = told(folder, stderr)
    assert.equal(lines.pop(), '6 mistakes in 3 files.')
    const expected = [
      ['instruments/veo/0.2.0-standin.json', '/scales/0/items/0: there is no item veo99'],
      ['instruments/veo/0.2.0-standin.json', '/scales/0/reverse/0: pul01 is reversed, but is not an item of this scale'],
      ['norms/nosik-nl/0.2.0-standin.json', '/strata/1/when: it overlaps with stratum female: somebody can fall into both'],
      [
        'protocols/familie-aan-zet/0.9.0-standin.json',
        '/schedule/0/instrument: there is no instrument nosik@9.0.0; there is: nosik@0.1.0-standin',
      ],
      ['protocols/familie-aan-zet/0.9.0-standin.json', '/schedule/1/role: there is no role aunt; there is: parent, referrer, informant'],
      [
        'protocols/familie-aan-zet/0.9.0-standin.json',
        '/schedule/1/role: nosi-b@0.1.0-standin is not for the role aunt: its respondents are parent',
      ],
    ] as const
    assert.deepEqual(
      lines.map((line) => line.replace(/:\d+ /, ' ')),
      expected.map((parts) => parts.join(' ')),
    )
    for (const line of lines) {
      const [, name, number, path] = /^(\S+):(\d+) (\S+):/.exec(line) ?? []
      const key = (path as string).split('/').at(-1) as string
      const there = readFileSync(join(folder, name as string), 'utf8').split('\n')[Number(number) - 1] as string
      if (Number.isNaN(Number(key))) assert.match(there, new RegExp(`^ *"${key}": `), line)
    }
  })

  test('are the same as JSON, and the exit code too', async (t) => {
    const folder = ownDefinitions(t)
    writeFile(folder, 'instruments/mood/0.1.0-standin.json', { ...smallInstrument(), minutes: 0 })
    const { code, stdout, stderr } = await check(folder, '--json')
    assert.equal(code, 1)
    assert.match(stderr, /^\d+ mistakes in \d files\.\n$/)
    const [first] = JSON.parse(stdout).errors
    assert.deepEqual(
      { ...first, file: told(folder, first.file)[0] },
      { file: 'instruments/mood/0.1.0-standin.json', line: 13, path: '/minutes', reason: 'expected number to be >0' },
    )
  })

  test('in files that are no definitions at all are one clear line each', async (t) => {
    const folder = temporaryFolder(t)
    const at = (name: string) => `instruments/${name}/1.0.0.json`
    writeFile(folder, at('comma'), '{\n  "kind": "instrument",\n}')
    writeFile(folder, at('empty'), '')
    writeFile(folder, at('proto'), '{"kind": "instrument", "__proto__": {"id": "x"}}')
    writeFile(folder, at('twice'), '{"kind": "instrument",\n"kind": "part"}')
    writeFile(folder, at('deep'), `{"kind": ${'['.repeat(100_000)}${']'.repeat(100_000)}}`)
    writeFile(folder, at('null'), 'null')
    writeFile(folder, at('norm'), { ...smallTable(), $schema: '../norm-table.schema.json' })
    writeFile(folder, at('latin1'), Buffer.from('{"kind": "caf\u00e9"}', 'latin1'))
    writeFile(folder, at('large'), `{"kind": "${'x'.repeat(4_000_001)}"}`)
    mkdirSync(join(folder, at('folder')), { recursive: true })
    mkdirSync(join(folder, 'instruments/gone'))
    symlinkSync('/nowhere/at/all', join(folder, at('gone')))
    const { code, stdout, stderr } = await check(folder)
    assert.deepEqual({ code, stdout }, { code: 1, stdout: '' })
    const kind = 'in this folder a file is an object whose kind is "instrument" or "part" or "translation"'
    assert.deepEqual(told(folder, stderr), [
      `${at('folder')}: this is a folder, although its name ends in .json`,
      `${at('gone')}: the file cannot be read: ENOENT`,
      `${at('large')}: the file has 4000013 bytes; a definition has at most 4000000`,
      `${at('latin1')}: the file is not UTF-8: save it as UTF-8 in your editor`,
      `${at('comma')}: this is not valid JSON: line 3, column 1: expected a key in double quotes, found }`,
      `${at('deep')}: it is nested deeper than 100 levels`,
      `${at('empty')}: the file is empty`,
      `${at('proto')}: the key "__proto__" cannot be used here`,
      `${at('twice')}:2 /kind: the key "kind" stands here twice, first on line 1`,
      `${at('norm')}:2 /kind: ${kind}`,
      `${at('null')}:1 /kind: ${kind}`,
      '11 mistakes in 11 files.',
    ])
  })

  test('a folder without any definition is told, because it is seldom the one that was meant', async (t) => {
    const { code, stderr } = await check(temporaryFolder(t))
    assert.equal(code, 1)
    assert.match(
      stderr,
      /: there are no definitions here: they lie at instruments\/ID\/VERSION\.json, norms\/ID\/VERSION\.json, protocols\/ID\/VERSION\.json\n/,
    )
  })

  test('a definition that says something else than the shipped one of that name is refused', async (t) => {
    const folder = temporaryFolder(t)
    const name = 'instruments/veo/0.1.0-standin.json'
    writeFile(folder, name, shipped(name, put('/minutes', 99)))
    const { code, stderr } = await check(folder)
    assert.equal(code, 1)
    assert.match(
      stderr,
      /veo\/0\.1\.0-standin\.json:\d+ \/version: veo@0\.1\.0-standin is already published with other content: give yours a version of its own\n/,
    )
    writeFile(
      folder,
      name,
      shipped(name, () => {}),
    )
    assert.equal((await check(folder)).code, 0, 'a copy of it does no harm')
  })
})

describe('definitions at the start of a server', () => {
  test('are refused when the folder is not there, rather than replaced by the shipped stand-ins', (t) => {
    const folder = join(temporaryFolder(t), 'nothing')
    assert.throws(() => loadDefinitions(folder), { constructor: Failure, message: /^There is no folder .*nothing: DEFINITIONS_DIR names/ })
  })

  test('are refused when a protocol names what is not there', (t) => {
    const folder = ownDefinitions(t)
    assert.equal(loadDefinitions(folder).protocols.need('small-study@0.1.0-standin').timeZone, 'Europe/Amsterdam')
    rmSync(join(folder, 'norms'), { recursive: true })
    assert.throws(() => loadDefinitions(folder), {
      constructor: Failure,
      message: /small-study.* \/norms\/0: there is no norm table mood-nl@0\.1\.0-standin/,
    })
  })
})

test('whatever is put into a definition, the check tells of it and never breaks', () => {
  const definitions = { instruments: smallInstrument(), norms: smallTable(), protocols: smallStudy() }
  const places = Object.entries(definitions).flatMap(([kind, definition]) => pointers(definition).map((pointer) => ({ kind, pointer })))
  const values = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom('__proto__', 'constructor', '{q1} = 1', '', -1, 1e308, [], {}, null, { $use: 'x' }),
  )
  fc.assert(
    fc.property(fc.constantFrom(...places), values, ({ kind, pointer }, value) => {
      const changed = structuredClone(definitions) as Json
      put(pointer, value)(changed[kind])
      const file = (folder: 'instruments' | 'norms' | 'protocols') => [
        { path: `${folder}/file.json`, text: JSON.stringify(changed[folder]) },
      ]
      const instruments = readInstruments(file('instruments'))
      const norms = readNorms([...file('norms'), fileOf('norms', smallBands())])
      const protocols = readProtocols(file('protocols'))
      const named = { instruments: instruments.catalogue, tables: norms.tables.catalogue, priceTables: norms.priceTables.catalogue }
      const found = [
        ...instruments.problems,
        ...checkInstruments(instruments),
        ...warnAboutInstruments(instruments),
        ...norms.problems,
        ...checkNorms(norms, instruments.catalogue),
        ...warnAboutNorms(norms),
        ...protocols.problems,
        ...checkProtocols(protocols, named),
        ...warnAboutProtocols(protocols, named),
      ]
      for (const problem of found) assert.ok(problem.file.endsWith('.json') && problem.reason.length > 5, JSON.stringify(problem))
    }),
    { numRuns: 300 },
  )
})

/** JSON pointers to everything in a value. */
function pointers(value: Json, at = ''): string[] {
  if (typeof value !== 'object' || value === null) return [at]
  return Object.entries(value).flatMap(([key, inner]) => [...(at ? [at] : []), ...pointers(inner, `${at}/${key}`)])
}
