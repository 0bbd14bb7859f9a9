import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { isDeepStrictEqual } from 'node:util'
import { type Finding, mistakesIn } from '../../server/definitions/check.ts'
import { type Definitions, readDefinitions, shippedDirectory } from '../../server/definitions/load.ts'
import { randomOf, shuffled } from '../../server/demo/random.ts'
import { differentBehaviour } from '../definitions/behaviour.ts'
import { harmless, mistakes } from '../definitions/mutations.ts'
import { nameting } from '../harness/command.ts'
import { temporaryFolder } from '../harness/data-folder.ts'
import { writeFile } from '../harness/definition-folder.ts'
import type { Json } from '../instruments/small-files.ts'

/** How many are made; `npm run test:long` makes fifty. */
const number = Number(process.env.MUTATIONS ?? 50)

interface Mutated {
  kind: string
  /** The file in the shipped folder. */
  name: string
  /** Where in it. */
  path: string
  definition: Json
}

const files = globSync('{instruments,norms,protocols}/*/*.json', { cwd: shippedDirectory })
  .sort()
  .map((name) => ({ name, definition: JSON.parse(readFileSync(join(shippedDirectory, name), 'utf8')) as Json }))
  // Translations, and marks of what is identifying, have tests of their own; a change of what they are about is told there.
  .filter(({ definition }) => !['translation', 'identifying'].includes(definition.kind))

/** The change that `index` stands for: the kinds in an order drawn by lot, each in a file and at a place drawn by lot. */
function mutation(index: number): Mutated {
  const kinds = { ...mistakes, ...harmless }
  const round = Math.floor(index / Object.keys(kinds).length)
  const kind = shuffled(randomOf('kinds', round), Object.keys(kinds))[index % Object.keys(kinds).length] as string
  const random = randomOf('place', index)
  for (const { name, definition } of shuffled(random, files)) {
    const copy = structuredClone(definition)
    const path = kinds[kind]?.(copy, random)
    if (path !== undefined) return { kind, name, path, definition: copy }
  }
  throw new RangeError(`no shipped definition has a place for: ${kind}`)
}

/** What check has against a study's own folder with these files in it, over the shipped ones. */
function errorsWith(t: { after(fn: () => void): void }, own: Record<string, Json>): { folder: string; errors: Finding[] } {
  const folder = temporaryFolder(t)
  for (const [name, definition] of Object.entries(own)) writeFile(folder, name, definition)
  // That something is not published yet says nothing of what it is.
  return { folder, errors: mistakesIn(shippedDirectory, folder).filter(({ unpublished }) => !unpublished) }
}

const isAboutChange = ({ reason }: Finding): boolean => /is already published with other content/.test(reason)

const laterVersion = (version: string): string => version.replace(/^(\d+\.\d+)\.\d+/, '$1.99')
const laterReference = (reference: string): string => reference.replace(/@(.*)/, (_, version) => `@${laterVersion(version)}`)

/** The definition as a version of its own that differs in the last number; of a part, with those that take it in. */
function asOwnVersion({ name, definition }: Pick<Mutated, 'name' | 'definition'>): Record<string, Json> {
  const [folder] = name.split('/')
  const reference = `${definition.id}@${definition.version}`
  const users = files
    .map((file) => file.definition)
    .filter(({ uses }) => definition.kind === 'part' && uses?.includes(reference))
    .map((user) => ({ ...user, uses: user.uses.map((use: string) => (use === reference ? laterReference(use) : use)) }))
  return Object.fromEntries(
    [definition, ...users].map((one) => {
      const version = laterVersion(one.version)
      return [`${folder}/${one.id}/${version}.json`, { ...one, version }]
    }),
  )
}

const mutations = Array.from({ length: number }, (_, index) => mutation(index))
const shipped: Definitions = readDefinitions([shippedDirectory]).definitions

/** Whether the mistake is told of the changed definition, or of one that names it. */
function names({ file, reason }: Finding, { name, definition }: Mutated): boolean {
  return file.endsWith(name) || reason.includes(definition.id) || readFileSync(file, 'utf8').includes(definition.id)
}

test('without a change nothing is wrong with the shipped definitions, nor with each as a version of its own', (t) => {
  const unchanged = files.flatMap((file) => Object.entries(asOwnVersion(file)))
  const again = files.map(({ name, definition }) => [name, definition])
  assert.deepEqual(errorsWith(t, Object.fromEntries([...unchanged, ...again])).errors, [])
})

test('the command tells a change as the function does, with the exit code for mistakes', async (t) => {
  const mutated = mutations.find(({ kind }) => Object.hasOwn(mistakes, kind)) as Mutated
  const { folder, errors } = errorsWith(t, { [mutated.name]: mutated.definition })
  const { code, stderr } = await nameting({}, 'check', folder)
  assert.equal(code, 1)
  assert.ok(errors.length > 0)
  for (const { file, reason } of errors) assert.ok(stderr.includes(file) && stderr.includes(reason), reason)
})

describe(`of ${number} changes of the shipped definitions each is told by check, or makes no difference:`, () => {
  for (const [index, mutated] of mutations.entries())
    test(`${index + 1}. ${mutated.kind} (${mutated.name}${mutated.path})`, (t) => {
      const { folder, errors } = errorsWith(t, { [mutated.name]: mutated.definition })
      const isChanged = !isDeepStrictEqual(mutated.definition, JSON.parse(readFileSync(join(shippedDirectory, mutated.name), 'utf8')))
      assert.equal(
        errors.some((error) => isAboutChange(error) && error.file.endsWith(mutated.name)),
        isChanged,
        'the checksum tells it',
      )

      const meant = errors.filter((error) => !isAboutChange(error))
      if (meant.length > 0) {
        assert.ok(
          meant.some((error) => names(error, mutated)),
          `no mistake names it: ${JSON.stringify(meant)}`,
        )
        return t.diagnostic(`told: ${meant[0]?.path} ${meant[0]?.reason}`)
      }
      const different = differentBehaviour(shipped, readDefinitions([shippedDirectory, folder]).definitions)
      if (different.length === 0) return t.diagnostic('it makes no difference: same texts, answers, scores, norms and plans')
      assert.ok(!Object.hasOwn(harmless, mutated.kind), `it changes what ${different.join(', ')} does`)

      const own = errorsWith(t, asOwnVersion(mutated))
      const [first] = own.errors.filter(({ file }) => file.startsWith(own.folder))
      assert.ok(first, `check says nothing, although it changes what ${different.join(', ')} does`)
      return t.diagnostic(`told when it is a version of its own: ${first.path} ${first.reason}`)
    })
})
