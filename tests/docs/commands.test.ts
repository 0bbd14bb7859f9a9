import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { Command } from 'commander'
import { nameting } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { allPages, codeIn, firstWords, readPage, repository, section, tableRows } from './pages.ts'

const page = readPage('docs/commands.md')
/** Every command by what it is called with, `study add`. */
const commands = new Map<string, Command>()

before(async () => {
  const { stdout } = await nameting({}, '--help')
  const names = [...stdout.matchAll(/^ {2}([a-z-]+) /gm)].flatMap(([, name]) => (name === undefined || name === 'help' ? [] : [name]))
  assert.ok(names.length > 0, stdout)
  const program = new Command('nameting')
  for (const name of names) {
    const { register } = (await import(`../../server/commands/${name}.ts`)) as { register(program: Command): void }
    register(program)
  }
  collect(program, '')
})

function collect(parent: Command, path: string): void {
  for (const command of parent.commands) {
    const name = `${path}${command.name()}`
    commands.set(name, command)
    collect(command, `${name} `)
  }
}

function headingOf(name: string, { registeredArguments }: Command): string {
  const words = registeredArguments.map((argument) => (argument.required ? `<${argument.name()}>` : `[${argument.name()}]`))
  return ['nameting', name, ...words].join(' ')
}

const sectionOf = (name: string): string => section(page, headingOf(name, commands.get(name) ?? assert.fail(name)))

test('every command has a section of its own, and every section is a command', () => {
  const headings = [...page.text.matchAll(/^## (nameting .*)$/gm)].map(([, heading]) => heading)
  assert.deepEqual(headings.toSorted(), [...commands].map(([name, command]) => headingOf(name, command)).toSorted())
})

test('every option stands in its section, with what it takes and whether it is needed, and there is no other', () => {
  for (const [name, { options }] of commands) {
    const rows = tableRows(sectionOf(name))
    assert.deepEqual(firstWords(rows).toSorted(), options.map(({ flags }) => flags).toSorted(), name)
    for (const { flags, mandatory } of options) {
      const [, means = ''] = rows.find(([first]) => first === `\`${flags}\``) ?? []
      assert.equal(/Needed\.?$/.test(means), mandatory, `${name} ${flags}`)
    }
  }
})

test('every choice and default of an option is named', () => {
  for (const [name, { options }] of commands)
    for (const { flags, argChoices } of options)
      for (const choice of argChoices ?? []) assert.ok(sectionOf(name).includes(`\`${choice}\``), `${name} ${flags} ${choice}`)
})

test('each section says which settings the command cannot do without', async (t) => {
  const folder = temporaryFolder(t)
  const file = join(folder, 'empty.csv')
  writeFileSync(file, '')
  // A demonstration needs no settings, and would go on running.
  const asked = [...commands].filter(([name, { commands: below }]) => name !== 'demo' && below.length === 0)
  for (const [name, { options, registeredArguments }] of asked) {
    const values = registeredArguments.filter(({ required }) => required).map(({ argChoices }) => argChoices?.[0] ?? file)
    const needed = options.filter(({ mandatory }) => mandatory).flatMap(({ long, argChoices }) => [long ?? '', argChoices?.[0] ?? file])
    const { stderr } = await nameting({ DATA_DIR: join(folder, 'data') }, ...name.split(' '), ...values, ...needed)
    const missing = [...stderr.matchAll(/([A-Z_]+) is not set/g)].map(([, setting]) => setting)
    const said = [...(/^.*?\bNeeds ((?:`[A-Z_]+`(?:,\s| and\s)?)+)/ms.exec(sectionOf(name))?.[1] ?? '').matchAll(/`([A-Z_]+)`/g)]
    assert.deepEqual(said.map(([, setting]) => setting).toSorted(), missing.toSorted(), name)
  }
})

test('no page names a command or an option that does not exist', () => {
  const options = new Set([...commands.values()].flatMap((command) => command.options.map(({ long }) => long)))
  const ofOthers = ['--help', '--no-save']
  for (const { path, text } of allPages())
    for (const code of codeIn(text)) {
      const call = /(?:^|npx )nameting ([a-z].*)$/.exec(code.replace(/ #.*$/, ''))?.[1]
      if (call === undefined) {
        if (code.startsWith('--') && !code.startsWith('---'))
          for (const option of code.match(/--[a-z][a-z-]*/g) ?? [])
            assert.ok(options.has(option) || ofOthers.includes(option), `${path}: ${code}`)
        continue
      }
      const words = call.split(' ')
      const command = [3, 2, 1].flatMap((count) => commands.get(words.slice(0, count).join(' ')) ?? [])[0]
      assert.ok(command, `${path}: ${code}`)
      for (const option of call.match(/(?<=^|[ [])--[a-z][a-z-]*/g) ?? [])
        assert.ok(option === '--help' || command.options.some(({ long }) => long === option), `${path}: ${code}`)
    }
})

test('every npm script is in the table, no page names one that does not exist, and the three exit codes are there', () => {
  const { scripts } = JSON.parse(readFileSync(`${repository}/package.json`, 'utf8')) as { scripts: Record<string, string> }
  const callOf = (name: string) => (name === 'start' || name === 'test' ? `npm ${name}` : `npm run ${name}`)
  assert.deepEqual(firstWords(tableRows(section(page, 'npm scripts'))).toSorted(), Object.keys(scripts).map(callOf).toSorted())
  for (const { path, text } of allPages())
    for (const code of codeIn(text))
      for (const [, name] of code.matchAll(/npm run ([a-z:]+)/g)) assert.ok(Object.hasOwn(scripts, name ?? ''), `${path}: ${code}`)
  assert.deepEqual(
    tableRows(section(page, 'Commands').split('\n## ')[0] ?? '').map(([code]) => code),
    ['0', '1', '2'],
  )
})
